"""Whole data sets of others, with figures computed by others (see shared/data/README.md)."""

import json
from collections import Counter, defaultdict
from datetime import date

import pytest

from tenure.accounts.models import Account, User
from tenure.events.inbox import current
from tenure.events.models import EventType
from tenure.imports.at_once import import_at_once
from tenure.imports.lookups import read_lookups
from tests.imports.conftest import SHARED
from tests.imports.desk import counts

FIGHTCHURN, HEDGEBOX = SHARED / "fightchurn_crm5_small", SHARED / "hedgebox_posthog_demo"


@pytest.fixture
def sent(house):
    """The house whose inbox imports fill."""
    current.use(house.inbox)
    yield house
    current.use(None)


@pytest.mark.slow
@pytest.mark.skipif(not FIGHTCHURN.exists(), reason=f"OUTSIDE DATA MISSING: {FIGHTCHURN}")
def test_it_counts_fightchurns_events_as_the_book_does(sent):
    lookups = read_lookups([f"event={FIGHTCHURN}/event_type.csv.gz:event_type_id:event_type_name"])
    named = {"user": "{account_id}-{user_id}"}
    done = import_at_once("events", FIGHTCHURN / "event.csv.gz", named=named, replacing=lookups)
    sent.loader.load_all()
    assert (done.counts.as_tuple(), sent.store.totals().events) == ((472_105, 0, 0, 0), 472_105)
    assert Account.objects.count() == 59
    names = dict(EventType.objects.values_list("id", "name"))
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for account in Account.objects.all():
        for _, event, count, _ in sent.store.account_events(account.pk, date(2022, 5, 4), date(2022, 5, 31)):
            counted[names[event]][int(account.external_id)] += count
    expected = json.loads((FIGHTCHURN / "expected.json").read_text())["event_count_28d"]
    assert {name: sorted(map(list, counted[name].items())) for name in expected} == expected


@pytest.mark.skipif(not HEDGEBOX.exists(), reason=f"OUTSIDE DATA MISSING: {HEDGEBOX}")
def test_it_loads_hedgebox_whole(sent, desk):
    for _ in range(2):
        done = import_at_once("events", HEDGEBOX / "events.ndjson.gz", named={})
        sent.loader.load_all()
    expected = json.loads((HEDGEBOX / "expected.json").read_text())
    names = dict(EventType.objects.values_list("id", "name"))
    totals = {names[total.event_id]: total.count for total in sent.store.event_totals()}
    assert done.counts.as_tuple() == (0, 0, expected["events"], 0)
    assert totals == expected["by_event"]
    assert Account.objects.count() == expected["accounts"]
    assert counts(desk.bring("accounts", (HEDGEBOX / "groups.json").read_bytes())) == (0, 0, expected["accounts"], 0)
    assert User.objects.filter(merged_into=None).count() == expected["persons"]
