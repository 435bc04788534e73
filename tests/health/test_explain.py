from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.core.health import HealthState
from tenure.health.calibration import SampleTooSmall, recalibrate
from tenure.health.close_day import close_day, close_days
from tenure.health.explain import explain, explain_since
from tenure.health.models import HealthDefinition
from tenure.health.overview import distribution, distributions
from tests.health.company import COUNT, EXPORT, FIRST, LAST, SEARCH, days

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("UTC")


@pytest.fixture
def store(company):
    company.use(11, range(1100, 1112), days(FIRST, COUNT - 20), (SEARCH, EXPORT))  # silent for the last 20 days
    return company.store


def test_it_tells_the_stored_score_by_its_parts(store):
    close_day(LAST, store=store, zone=ZONE)
    stored = dict(store.day_values(LAST, ["health_score"]))
    for account, each in explain(LAST, store).items():
        assert each.score.score == stored[account]
        assert sum(part.contribution for part in each.score.parts) == pytest.approx(stored[account])
        assert [part.value for part in each.score.parts] == [each.values[part.metric] for part in each.score.parts]


def test_it_tells_what_changed_part_by_part(store):
    early = LAST - timedelta(days=20)
    for day in (LAST, early):
        close_day(day, store=store, zone=ZONE)
    change = explain_since(11, early, LAST, store)
    before, after = (explain(day, store, [11])[11].score.score for day in (early, LAST))
    assert change.points == after - before < 0
    assert sum(part.points for part in change.parts) == pytest.approx(change.points)
    assert {part.metric for part in change.parts if part.points < -1} >= {"days_since_last"}


def test_it_keeps_what_a_new_definition_did_apart_from_what_the_account_did(store):
    early = LAST - timedelta(days=5)
    close_days(early, LAST, store=store, zone=ZONE)
    HealthDefinition.objects.update(document=_shifted(HealthDefinition.objects.get().document))
    recalibrate(LAST, store, ZONE)
    close_day(LAST, store=store, zone=ZONE)
    change = explain_since(5, early, LAST, store)
    assert change.by_definition != 0
    assert change.by_definition + sum(part.points for part in change.parts) == pytest.approx(change.points)


def _shifted(document):
    """The same definition with another idea of breadth."""
    parts = [
        part | {"thresholds": {"worst": 0.6, "at_risk": 0.7, "healthy": 0.8, "best": 0.9}}
        if part["metric"] == "breadth"
        else part
        for part in document["parts"]
    ]
    return document | {"parts": parts}


def test_it_has_nothing_to_tell_of_days_without_rows(store):
    assert explain(LAST, store, [1]) == {}
    assert explain_since(1, FIRST, LAST, store) is None


def test_it_refuses_thresholds_from_too_few_accounts(store):
    with pytest.raises(SampleTooSmall, match="Only 0 accounts"):
        recalibrate(FIRST + timedelta(days=10), store, ZONE)  # nobody is old enough
    assert HealthDefinition.objects.count() == 1


def test_it_counts_accounts_by_state_on_a_day_and_over_time(store):
    close_days(LAST - timedelta(days=1), LAST, store=store, zone=ZONE)
    over_time = distributions(FIRST, LAST, store)
    assert [each.day for each in over_time] == [LAST - timedelta(days=1), LAST]
    today = over_time[1]
    assert today == distribution(LAST, store)
    assert today.total == 11
    states = [each.score.state for each in explain(LAST, store).values()]
    assert today.accounts == {state: states.count(state) for state in HealthState}
    assert sum(today.share(state) or 0 for state in HealthState) == pytest.approx(1)
    assert (
        distribution(LAST, store, visible=[11]).accounts[HealthState.AT_RISK]
        + distribution(LAST, store, visible=[11]).accounts[HealthState.AVERAGE]
        == 1
    )


def test_it_counts_nobody_on_a_day_without_rows(store):
    assert distribution(FIRST, store).total == 0
    assert distribution(FIRST, store).share(HealthState.HEALTHY) is None
