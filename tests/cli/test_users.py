"""The commands about users, run as the server runs them."""

import pytest
from django.conf import settings

from tenure.accounts.exclusion import UnknownUser
from tenure.cli.command import Context
from tenure.cli.commands import COMMANDS
from tenure.cli.commands.reading import NoSuch
from tenure.warehouse import current
from tests.events.conftest import house

__all__ = ["house"]


@pytest.fixture
def run(house):
    house.send(*({"event": "Search", "user": user, "account": "acme"} for user in ("ada", "bot", "bot")))
    house.send({"type": "group", "user": "late", "account": "acme"})
    current.use(house.store)
    context = Context(settings.CONFIG, lambda done, total: None)
    yield lambda name, **options: COMMANDS[name].run(options, context)
    current.use(None)


def test_it_lists_excludes_and_includes(run):
    assert run("user exclude", ids=["bot"]) == {"changed": 1, "excluded": True}
    assert run("user exclude", ids=["bot", "bot"]) == {"changed": 0, "excluded": True}
    found = run("users", account="acme")
    assert [(each["ids"], each["events"], each["counted"]) for each in found] == [
        (["ada"], 1, True),
        (["bot"], 2, False),
        (["late"], 0, True),
    ]
    assert "bot" in COMMANDS["users"].show(found)
    assert COMMANDS["user include"].show(run("user include", ids=["bot"])).startswith("1 counted again")


def test_it_refuses_ids_and_accounts_nobody_has(run):
    with pytest.raises(UnknownUser):
        run("user include", ids=["nobody"])
    with pytest.raises(NoSuch):
        run("users", account="nobody")
