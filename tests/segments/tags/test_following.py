"""Rules of tags: who meets one has the tag from then on, with why; who does not any more, has not."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tenure.accounts.as_of import values_at
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.core.conditions.document import from_document
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.matched import Languages
from tenure.segments.tags.following import follow_tags
from tenure.segments.tags.managing import Draft, add_tag, archive_tag
from tenure.segments.tags.putting import put_on
from tenure.warehouse.duckdb import DuckDBStore

DAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)
RULE = {
    "all": [
        {"field": "health.score", "comparison": ">=", "value": 60},
        {"field": "fact.tier", "comparison": "in", "value": ["A", "B"]},
    ]
}


@pytest.fixture
def store(tmp_path):
    opened = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    yield opened
    opened.close()


def scores(store: DuckDBStore, day: date, accounts: list[Account], *values: float) -> None:
    ids = pa.array([account.pk for account in accounts], pa.uint32())
    store.write_day(day, pa.table({"account_id": ids, "health_score": pa.array(values, pa.float64())}))


def test_it_writes_what_changes_with_the_reason_and_nothing_else(db, store, alice):
    clock.set_clock(lambda: NOW)
    accounts = [Account.objects.create(external_id=f"a{n}") for n in range(3)]
    one, two, three = accounts
    record_facts([Said(each.pk, to_us(NOW), {"tier": tier}) for each, tier in ((one, "A"), (two, "C"))], "crm", NOW)
    put_on([one, three], ["strategic"], actor=alice)
    languages = Languages()
    asking = Asking(store, ZoneInfo("UTC"), read_catalogue().fields)
    tag = add_tag(Draft("Good and large", condition=from_document(RULE, asking.fields)), actor=alice)
    scores(store, DAY, accounts, 80, 80, 80)

    assert follow_tags(asking, DAY, NOW, languages) == 1
    assert values_at(NOW, fields=["tags"])["tags"] == {one.pk: ["strategic", tag.value], three.pk: ["strategic"]}
    done = Activity.objects.get(verb="tag.put_on_by_rule")
    (row,) = done.accounts.all()
    assert (done.detail["version"], done.detail["day"], done.by) == (1, "2026-06-10", "Tenure")
    assert row.detail["values"] == {"health.score": 80.0, "fact.tier": "A"}
    because = "The rule of the tag Good and large put it on: Health score: 80; Tier: A"
    assert sentence(done, row.detail) == because
    count = Activity.objects.count()
    assert follow_tags(asking, DAY, NOW, languages) == 0
    assert Activity.objects.count() == count

    scores(store, DAY + timedelta(days=1), accounts, 50, 50, 50)
    tomorrow = NOW + timedelta(days=1)
    assert follow_tags(asking, DAY + timedelta(days=1), tomorrow, languages) == 1
    assert values_at(tomorrow, fields=["tags"])["tags"][one.pk] == ["strategic"]
    assert values_at(NOW, fields=["tags"])["tags"][one.pk] == ["strategic", tag.value]  # the past stays
    assert Activity.objects.filter(verb="tag.taken_off_by_rule").count() == 1

    archive_tag(tag.value, actor=alice)
    assert follow_tags(asking, DAY, tomorrow + timedelta(hours=1), languages) == 0


def test_it_puts_on_the_tags_of_two_rules_at_once(db, store, alice):
    clock.set_clock(lambda: NOW)
    account = Account.objects.create(external_id="a")
    languages = Languages()
    asking = Asking(store, ZoneInfo("UTC"), read_catalogue().fields)
    for name in ("Second", "First"):
        add_tag(Draft(name, condition=from_document(RULE["all"][0], asking.fields)), actor=alice)
    scores(store, DAY, [account], 80)

    assert follow_tags(asking, DAY, NOW, languages) == 2
    assert values_at(NOW, fields=["tags"])["tags"] == {account.pk: ["second", "first"]}
