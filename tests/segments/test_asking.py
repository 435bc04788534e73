"""Asking an installation: its own fields, facts as they are now, people in charge by day, "me" and what one may see."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tenure.accounts.assignments.verbs import assign, unassign
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.models import Account, AssignmentRole
from tenure.core.conditions.document import from_document
from tenure.core.conditions.fields import FieldType
from tenure.health.builtin import install_metrics
from tenure.health.metrics import metrics_in_use
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.schema import metric_column

DAY = date(2026, 6, 10)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def store(tmp_path):
    opened = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def accounts(db, store) -> list[Account]:
    """Three accounts with 1, 2 and 3 active users, on two days."""
    install_metrics()
    made = [Account.objects.create(external_id=f"a{n}", traits={"beta": n > 1, "name": "x"}) for n in (1, 2, 3)]
    column = metric_column(metrics_in_use()["active_users_28"].pk)
    for day in (DAY - timedelta(days=1), DAY):
        ids = pa.array([account.pk for account in made], pa.uint32())
        store.write_day(day, pa.table({"account_id": ids, column: pa.array([1.0, 2.0, 3.0])}))
    return made


def test_it_asks_metrics_facts_and_people_in_charge(accounts, store, alice, bob):
    first, second, third = accounts
    clock.set_clock(lambda: datetime(2026, 6, 10, 9, tzinfo=UTC))
    csm = AssignmentRole.objects.get(key="csm")
    assign([first.pk, second.pk], csm, bob, alice, since=datetime(2026, 6, 1, tzinfo=UTC))
    unassign([first.pk], csm, bob, alice, since=datetime(2026, 6, 9, 20, tzinfo=UTC))  # the 10th in Shanghai
    catalogue = read_catalogue()
    asking = Asking(store, ZONE, catalogue.fields, bob.pk)

    def found(document: object, day: date = DAY) -> set[int]:
        return set(asking.on(from_document(document, catalogue.fields), day))

    mine = {"field": "charge.csm", "comparison": "in", "value": ["me"]}
    assert found(mine) == {second.pk}
    assert found(mine, DAY - timedelta(days=1)) == {first.pk, second.pk}
    assert found({"field": "charge.csm", "comparison": "unknown"}) == {first.pk, third.pk}
    assert found({"field": "metric.active_users_28", "comparison": ">", "value": 1}) == {second.pk, third.pk}
    said = {"field": "fact.beta", "comparison": "=", "value": True}
    assert found(said) == set()
    record_facts([Said(second.pk, to_us(clock.now()), {"beta": True})], "test", clock.now())
    assert found(said) == {second.pk}  # from then on, at once
    node = from_document({"any": [mine, said]}, catalogue.fields)
    assert asking.counts(node, DAY - timedelta(days=1), DAY) == {DAY - timedelta(days=1): 2, DAY: 1}
    assert asking.explain(node, first.pk, DAY).holds is False
    unseen = Asking(store, ZONE, catalogue.fields, bob.pk, visible=frozenset({first.pk}))
    assert unseen.over(node, DAY, DAY) == {}


def test_it_offers_what_there_is_in_groups(accounts, alice):
    catalogue = read_catalogue()
    keys = {group.key: [entry.field.key for entry in group.entries] for group in catalogue.groups}
    assert keys["health"] == ["health.score", "health.state"]
    assert "metric.all_features" not in keys["metrics"]  # the same for every account
    assert keys["people"][0] == "charge.csm"
    assert keys["attributes"] == ["fact.beta"]
    assert catalogue.fields["fact.beta"].type is FieldType.YES_NO
    assert catalogue.fields["metric.breadth"].window_days == 28
    assert catalogue.fields["metric.days_since_last"].window_days is None
    assert dict(catalogue.members) == {alice.pk: "Alice"}
