"""The rule for tiers: what it proposes, what it writes, and whose tiers it leaves alone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tenure.accounts.as_of import values_at
from tenure.accounts.facts import Said, record_facts
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import Account, Field
from tenure.activity.models import Activity
from tenure.activity.telling import sentence
from tenure.core.tiers import Cut, Step
from tenure.health.builtin import install_metrics
from tenure.health.metrics import metrics_in_use
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.matched import Languages
from tenure.segments.tiers.rule import BadRule, Draft, change_rule, proposed, rule_in_use, stop_rule, tier_field
from tenure.segments.tiers.setting import set_tiers
from tenure.warehouse.duckdb import DuckDBStore
from tenure.warehouse.schema import metric_column

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 11, 0, 15, tzinfo=UTC)
SHARES = [Step("A", 0.2), Step("B", 0.3)]


@pytest.fixture(autouse=True)
def after_midnight():
    clock.set_clock(lambda: NOW)


@pytest.fixture
def store(tmp_path):
    opened = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    yield opened
    opened.close()


def test_it_proposes_what_customers_pay_else_the_opened_accounts():
    install_metrics()
    field = tier_field()
    assert proposed(read_catalogue(), field) == Draft("metric.opened_users", Cut.SHARE, SHARES)
    Account.objects.create(external_id="a", traits={"mrr": 120})
    assert proposed(read_catalogue(), field).by == "fact.mrr"


def test_it_writes_tiers_but_not_over_a_persons_or_another_systems(store, alice):
    install_metrics()
    accounts = [Account.objects.create(external_id=f"a{n}") for n in range(1, 6)]
    opened = pa.array([float(n) for n in range(1, 6)], pa.float64())
    ids = pa.array([account.pk for account in accounts], pa.uint32())
    column = metric_column(metrics_in_use()["opened_users"].pk)
    store.write_day(DAY, pa.table({"account_id": ids, column: opened}))
    by_hand, by_crm, emptied, middle, best = accounts
    before = NOW - timedelta(days=1)
    record_facts([Said(by_crm.pk, to_us(before), {"tier": "A"})], "crm", before)
    set_fields([by_hand, emptied], {"tier": "A"}, alice, valid_from=before)
    set_fields([emptied], {"tier": None}, alice, valid_from=NOW - timedelta(hours=1))
    rule = change_rule(Draft("metric.opened_users", Cut.SHARE, SHARES), read_catalogue(), actor=alice)
    languages = Languages()
    asking = Asking(store, ZoneInfo("UTC"), read_catalogue().fields)

    assert set_tiers(rule, asking, DAY, NOW, languages) == 3
    assert values_at(NOW, fields=["tier"])["tier"] == {
        by_hand.pk: "A", by_crm.pk: "A", emptied.pk: "B", middle.pk: "B", best.pk: "A"
    }  # fmt: skip
    done = Activity.objects.get(verb="tier.set_by_rule")
    row = done.accounts.get(account=middle)
    assert sentence(done, row.detail) == "The rule for tiers set Tier: B (Opened users: 4)"
    assert set_tiers(rule, asking, DAY, NOW, languages) == 0
    set_fields([best], {"tier": "C"}, alice)
    assert set_tiers(rule, asking, DAY, NOW + timedelta(hours=1), languages) == 0
    Field.objects.filter(key="tier").update(synced_from="CRM")
    assert set_tiers(rule, asking, DAY, NOW + timedelta(hours=1), languages) == 0


def test_it_keeps_versions_and_can_be_switched_off(alice):
    install_metrics()
    change_rule(Draft("metric.opened_users", Cut.SHARE, SHARES), read_catalogue(), actor=alice)
    amounts = [Step("A", 50), Step("B", 10)]
    assert change_rule(Draft("metric.opened_users", Cut.AMOUNT, amounts), read_catalogue(), actor=alice).version == 2
    stop_rule(actor=alice)
    assert rule_in_use() is None
    with pytest.raises(BadRule, match="already"):
        stop_rule(actor=alice)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("metric.gone", Cut.SHARE, SHARES), "number that decides"),
        (Draft("metric.opened_users", Cut.SHARE, SHARES[:1]), "other ones"),
        (Draft("metric.opened_users", Cut.SHARE, [Step("A", 0.8), Step("B", 0.3)]), "100%"),
        (Draft("metric.opened_users", Cut.AMOUNT, [Step("A", 1), Step("B", 3)]), "larger"),
        (Draft("metric.opened_users", Cut.AMOUNT, [Step("A", float("nan")), Step("B", 3)]), "Write a number"),
    ],
)
def test_it_refuses_a_rule_that_makes_no_sense(alice, draft, said):
    install_metrics()
    with pytest.raises(BadRule, match=said):
        change_rule(draft, read_catalogue(), actor=alice)
