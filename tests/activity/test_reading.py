"""The audit log by its filters."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from tenure.accounts.models import Account
from tenure.activity.reading import AuditQuery, find
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import VERBS, verb
from tenure.lib import clock


@pytest.fixture
def log(alice, bob):
    """Four activities, of three days, over two customers; their verbs by id."""
    named = {name: verb(name, "{by}") for name in ("thing.made", "thing.broken", "things.counted")}
    acme, bolt = (Account.objects.create(external_id=name).pk for name in ("acme", "bolt"))
    made = []
    for day, name, actor, subject, accounts, text in (
        (1, "thing.made", alice, None, [acme, bolt], "A lovely thing"),
        (2, "thing.broken", bob, Subject("thing", 7, "The vase"), [acme], ""),
        (2, "things.counted", None, Subject("member", bob.pk, "Bob"), [], ""),
        (3, "thing.made", bob, None, [], ""),
    ):
        clock.set_clock(lambda day=day: datetime(2026, 3, day, 23, 30, tzinfo=UTC))
        with transaction.atomic():
            made.append(
                record(named[name], actor, by="The night job", subject=subject, accounts=accounts, text=text).pk
                if actor is None
                else record(named[name], actor, subject=subject, accounts=accounts, text=text).pk
            )
    yield {"ids": made, "acme": acme, "bolt": bolt, "alice": alice.pk, "bob": bob.pk}
    for name in named:
        del VERBS[name]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [3, 2, 1, 0]),
        ({"verb": "thing"}, [3, 1, 0]),
        ({"verb": "thing.made"}, [3, 0]),
        ({"search": "lovely"}, [0]),
        ({"search": "vase"}, [1]),
        ({"search": "night"}, [2]),
        ({"first": date(2026, 3, 2)}, [3, 2, 1]),
        ({"last": date(2026, 3, 2)}, [2, 1, 0]),
        ({"first": date(2026, 3, 2), "last": date(2026, 3, 2), "verb": "thing"}, [1]),
        ({"accounts": []}, []),
    ],
)
def test_it_filters(log, settings, asked, found):
    assert [log["ids"].index(each.pk) for each in find(AuditQuery(settings.CONFIG.zone, **asked))] == found


def test_it_finds_what_a_member_did_and_what_was_done_to_them(log, settings):
    assert [log["ids"].index(each.pk) for each in find(AuditQuery(settings.CONFIG.zone, who=log["bob"]))] == [3, 2, 1]


def test_it_finds_each_once_that_concerns_any_of_the_customers(log, settings):
    query = AuditQuery(settings.CONFIG.zone, accounts=[log["acme"], log["bolt"]])
    assert [log["ids"].index(each.pk) for each in find(query)] == [1, 0]


def test_it_goes_on_below_a_key(log, settings):
    first = list(find(AuditQuery(settings.CONFIG.zone))[:2])
    rest = list(find(AuditQuery(settings.CONFIG.zone, before=first[-1].pk)))
    assert [log["ids"].index(each.pk) for each in [*first, *rest]] == [3, 2, 1, 0]
