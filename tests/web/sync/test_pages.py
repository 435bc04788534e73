"""The pages of syncs, from choosing a source to deleting it."""

import pytest
from django.test import Client
from django.urls import reverse

from tenure.accounts.models import Account, Card, Field
from tenure.activity.models import Activity
from tenure.integrations.models import Sync
from tests.integrations.conftest import opened, syncing

__all__ = ["opened", "syncing"]
FORM = {"name": "CRM", "kind": "accounts", "when": "every", "every": "2", "unit": "hours", "locks": "on"}
QUERY = {"file": "crm.sqlite", "query": "select account_id, plan as edition from customers", "cursor": ""}


@pytest.fixture
def browser(syncing):
    client = Client()
    client.force_login(syncing.actor)
    return client


def post(browser, route, *args, **data):
    return browser.post(reverse(f"sync:{route}", args=args), data, follow=True)


def shown(response):
    return response.content.decode()


def test_it_leads_from_the_source_to_the_runs_and_back(syncing, browser):
    Field.objects.create(key="edition", name="Edition", card=Card.objects.create(key="c", name="C"))
    syncing.sqlite("insert into customers values ('acme', 'pro', 3, ''), ('', 'x', 1, '')")
    assert "Nothing is synced yet" in shown(browser.get(reverse("sync:list")))
    assert "SQLite" in shown(browser.get(reverse("sync:choose")))
    before = Activity.objects.count()
    text = shown(post(browser, "new", "sqlite", **FORM, **QUERY))
    assert Activity.objects.count() == before + 1
    assert "The first rows" in text
    assert '<option value="account" selected>Customer id *' in text
    sync = Sync.objects.get()
    assert (sync.every_s, sync.enabled) == (7200, False)

    text = shown(post(browser, "columns", sync.pk, **{"to-0": "account", "to-1": "edition"}))
    assert "It waits for its turn." in text
    syncing.run(sync)
    assert browser.get(reverse("sync:progress", args=[sync.pk])).headers["HX-Refresh"] == "true"
    text = shown(browser.get(reverse("sync:one", args=[sync.pk])))
    assert "Every 2 hours" in text
    assert Field.objects.get(key="edition").synced_from == "CRM"
    run = sync.runs.get()
    text = shown(browser.get(reverse("sync:run_detail", args=[run.pk])))
    assert reverse("imports:file", args=[run.pulls.get().file_import_id]) in text
    assert "Well" in shown(browser.get(reverse("sync:list")))

    post(browser, "delete", sync.pk)
    assert not Sync.objects.exists()
    assert Field.objects.get(key="edition").synced_from == ""
    assert Account.objects.get().traits == {"edition": "pro"}


def test_it_sends_a_form_back_that_cannot_be(syncing, browser):
    syncing.sqlite("insert into customers values ('acme', 'pro', 3, '')")
    wrong = post(browser, "new", "sqlite", **{**FORM, "name": "", "every": "0"}, **{**QUERY, "query": "drop table x"})
    assert wrong.status_code == 422
    text = shown(wrong)
    for said in ("A name of at most 80", "From a minute to 31 days.", "Write one SELECT.", "drop table x"):
        assert said in text
    gone = post(browser, "new", "sqlite", **FORM, **{**QUERY, "query": "select * from nowhere"})
    assert "no such table: nowhere" in shown(gone)
    assert not Sync.objects.exists()
