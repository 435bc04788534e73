import copy

import pytest

from tenure.core.document import BadDocument
from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.health.builtin import BUILT_IN
from tenure.health.install import install_defaults
from tenure.health.metric_document import from_document, to_document
from tenure.health.metrics import UNITS, define_metric, longest_window, metric_columns, metrics_in_use
from tenure.health.models import HealthDefinition, Metric
from tenure.jobs.models import Job
from tests.health.company import EXPORT, SEARCH

pytestmark = pytest.mark.django_db

BIG_EXPORTS = {
    "key": "big_exports",
    "name": "Big exports",
    "unit": "count",
    "is_key": True,
    "spec": {
        "kind": "count",
        "window_days": 14,
        "events": ["report exported", "search"],
        "where": [{"property": "amount", "comparison": ">", "value": 100}],
    },
}


def test_it_begins_with_the_built_in_metrics_and_stays_with_them():
    before = list(Metric.objects.values_list("key", "version", "spec"))
    assert {key for key, _, _ in before} == {each.key for each in BUILT_IN}
    install_defaults()
    install_defaults()
    assert list(Metric.objects.values_list("key", "version", "spec")) == before
    assert HealthDefinition.objects.count() == 1
    assert longest_window(metric_columns()) == 90


def test_it_gives_a_built_in_metric_that_changed_a_new_version():
    Metric.objects.filter(key="breadth").update(spec={"kind": "count", "window_days": 3})
    install_defaults()
    old, new = Metric.objects.filter(key="breadth").order_by("version")
    assert (old.retired_at is None, new.version) == (False, 2)
    assert metrics_in_use()["breadth"] == new


@pytest.mark.parametrize("built_in", BUILT_IN, ids=lambda each: each.key)
def test_it_keeps_built_in_metrics_as_documents(built_in):
    assert from_document(to_document(built_in.spec)) == built_in.spec
    assert built_in.unit in UNITS


def test_it_defines_a_metric_and_has_its_past_computed(events, alice):
    metric = define_metric(BIG_EXPORTS, alice)
    assert from_document(metric.spec) == MetricSpec(
        MetricKind.COUNT, 14, (EXPORT, SEARCH), (PropertyFilter("amount", Comparison.ABOVE, 100),)
    )
    assert (metric.version, metric.created_by, metric.is_key, metric.built_in) == (1, alice, True, False)
    assert list(Job.objects.values_list("kind", "created_by")) == [("close_history", alice.pk)]


def test_it_adds_nothing_for_what_is_true_already_and_a_version_for_a_change(events, alice):
    first = define_metric(BIG_EXPORTS, alice)
    assert define_metric(BIG_EXPORTS, alice) == first
    changed = copy.deepcopy(BIG_EXPORTS)
    changed["spec"]["window_days"] = 28
    second = define_metric(changed, alice)
    assert (second.version, metrics_in_use()["big_exports"]) == (2, second)


def test_it_defines_a_ratio_of_metrics(events, alice):
    define_metric(BIG_EXPORTS, alice)
    spec = {"kind": "ratio", "numerator": "big_exports", "denominator": "opened_users"}
    ratio = define_metric({"key": "exports_per_user", "name": "Exports per user", "unit": "count", "spec": spec}, alice)
    assert from_document(ratio.spec).numerator == "big_exports"


def change(**values):
    return lambda document: document.update(values)


def change_spec(**values):
    return lambda document: document["spec"].update(values)


@pytest.mark.parametrize(
    ("break_it", "path"),
    [
        (change(key="Big"), "key"),
        (change(key="breadth"), "key"),
        (change(unit="euro"), "unit"),
        (change(colour="red"), "colour"),
        (change(spec=None), "spec"),
        (change_spec(kind="median"), "spec.kind"),
        (change_spec(window_days=401), "spec.window_days"),
        (change_spec(window_days=2.5), "spec.window_days"),
        (change_spec(events=["search", "sneeze"]), "spec.events[1]"),
        (change_spec(events=[]), "spec.events"),
        (change_spec(property="amount"), "spec.property"),
        (change_spec(kind="property_sum"), "spec.property"),
        (change_spec(where=[{"property": "a", "comparison": "~"}]), "spec.where[0].comparison"),
        (change_spec(where=[{"property": "a", "comparison": ">", "value": "x"}]), "spec.where[0].value"),
        (change_spec(where=[{"property": "a", "comparison": "="}]), "spec.where[0].value"),
        (change_spec(where=[{"property": "a", "comparison": "set", "value": 1}]), "spec.where[0].value"),
        (change(spec={"kind": "ratio", "numerator": "nobody", "denominator": "opened_users"}), "spec.numerator"),
        (change(spec={"kind": "ratio", "numerator": "opened_users", "denominator": "depth"}), "spec.denominator"),
        (change(spec={"kind": "ratio", "numerator": "opened_users"}), "spec.denominator"),
    ],
)
def test_it_names_the_place_of_what_it_cannot_use(events, alice, break_it, path):
    document = copy.deepcopy(BIG_EXPORTS)
    break_it(document)
    with pytest.raises(BadDocument) as refused:
        define_metric(document, alice)
    assert refused.value.path == path
    assert "big_exports" not in metrics_in_use()
