"""Databases behind a host: which are reached, and what becomes of their passwords."""

from collections.abc import Mapping
from typing import Any

import pytest

from tenure.integrations.errors import BadSync, SourceFailed
from tenure.integrations.integration import Asked
from tenure.integrations.models import Sync
from tenure.integrations.sealing import seal, unseal
from tenure.integrations.setting_up import Draft, add, change

SERVER = {"host": "127.0.0.1", "port": "1", "database": "crm", "user": "reader", "password": "hunter2-secret"}


def draft(integration="postgresql", **parts: str) -> Draft:
    return Draft("CRM", integration, "accounts", {**SERVER, "query": "select 1", **parts})


@pytest.mark.parametrize("integration", ["postgresql", "clickhouse"])
def test_it_says_that_it_reaches_nobody_without_the_password(syncing, integration):
    with pytest.raises(SourceFailed) as failed:
        add(draft(integration), syncing.actor)
    assert "hunter2" not in str(failed.value)
    assert "refused" in str(failed.value)


@pytest.mark.parametrize(("host", "said"), [("10.1.2.3", "private network"), ("no.such.host.invalid", "no host")])
def test_it_connects_only_to_hosts_that_are_open(syncing, host, said):
    with pytest.raises(SourceFailed, match=said):
        add(draft(host=host), syncing.actor)


def test_it_says_which_part_is_wrong(syncing):
    with pytest.raises(BadSync) as bad:
        add(draft(port="many"), syncing.actor)
    assert bad.value.problems == {"port": "A port is a number up to 65535."}


def test_it_keeps_a_password_sealed_and_sends_it_nowhere_else(syncing, monkeypatch):
    seen: list[Mapping[str, str]] = []

    def answer(self: Any, asked: Asked) -> Any:
        seen.append(asked.parts)
        raise SourceFailed("seen")

    syncing.sqlite("insert into customers values ('acme', 'pro', 3, '2026-03-01')")
    sync = syncing.of_query()
    monkeypatch.setattr("tenure.integrations.sql.database.Database.tables", answer)
    Sync.objects.filter(pk=sync.pk).update(integration="postgresql")
    sync.refresh_from_db()
    sync.secrets = seal({"password": "hunter2-secret"})
    sync.settings = {key: value for key, value in draft(tls="prefer").parts.items() if key != "password"}
    assert "hunter2" not in sync.secrets
    assert unseal(sync.secrets) == {"password": "hunter2-secret"}
    sync.runs.all().delete()
    with pytest.raises(SourceFailed, match="seen"):
        change(sync, draft(password="", tls="prefer"), syncing.actor)
    assert seen[0]["password"] == "hunter2-secret"
    with pytest.raises(BadSync) as bad:
        change(sync, draft(password="", tls="prefer", host="localhost"), syncing.actor)
    assert list(bad.value.problems) == ["password"]
