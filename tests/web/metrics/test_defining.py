"""The form that defines a metric."""

from django.test import Client

from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.health.metric_document import from_document
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.jobs.models import Job
from tests.web.metrics.conftest import event_key, form

NEW = "/settings/metrics/new-metric/"
FIELDS = "/settings/metrics/form-fields/"


def test_it_defines_a_metric_and_has_its_past_computed(alices, alice):
    answer = alices.post(NEW, form(other_name="导出次数"), follow=True)

    assert answer.redirect_chain == [("/settings/metrics/exports/", 302)]
    metric = metrics_in_use()["exports"]
    assert from_document(metric.spec) == MetricSpec(MetricKind.COUNT, 7, (event_key("Report Exported"),))
    assert (metric.name, metric.names, metric.unit, metric.is_key) == (
        "Exports",
        {"zh-hans": "导出次数"},
        "count",
        True,
    )
    assert metric.created_by == alice
    assert Job.objects.get(kind="close_history").created_by == alice
    assert "Past days wait to be computed." in answer.content.decode()


FILTERS = {
    "where_property": ["rows", "plan", ""],
    "where_comparison": [">=", "=", "="],
    "where_value": ["3", "pro", ""],
}


KINDS = [
    ({"kind": "active_users", "which": "all"}, MetricSpec(MetricKind.ACTIVE_USERS, 7), "users"),
    ({"kind": "active_features", "which": "all"}, MetricSpec(MetricKind.ACTIVE_FEATURES, 7), "features"),
    ({"kind": "days_since_last", "which": "all"}, MetricSpec(MetricKind.DAYS_SINCE_LAST, 7), "days"),
    (
        {"kind": "property_sum", "which": "all", "property": "rows"},
        MetricSpec(MetricKind.PROPERTY_SUM, 7, property="rows"),
        "count",
    ),
    ({"kind": "trait", "property": "seats"}, MetricSpec(MetricKind.TRAIT, property="seats"), "count"),
    (
        {"kind": "ratio", "numerator": "active_users_28", "denominator": "opened_users", "share": "on"},
        MetricSpec(MetricKind.RATIO, numerator="active_users_28", denominator="opened_users"),
        "share",
    ),
    (
        {"which": "all", **FILTERS},
        MetricSpec(
            MetricKind.COUNT,
            7,
            where=(
                PropertyFilter("rows", Comparison.AT_LEAST, 3.0),
                PropertyFilter("plan", Comparison.IS, "pro"),
            ),
        ),
        "count",
    ),
]


def test_it_defines_every_kind(alices):
    for typed, spec, unit in KINDS:
        assert alices.post(NEW, form(name=spec.kind.value, **typed)).status_code == 302
        metric = Metric.objects.latest("pk")
        assert (from_document(metric.spec), metric.unit) == (spec, unit)


VALUES = [("rows", "3", 3.0), ("plan", "3", "3"), ("never_seen", "3", 3.0), ("plan", "true", "true")]


def test_it_reads_a_value_as_what_the_property_was_seen_to_be(alices):
    for name, value, read in VALUES:
        alices.post(NEW, form(where_property=name, where_comparison="=", where_value=value))
        assert from_document(Metric.objects.latest("pk").spec).where[0].value == read


WRONG = [
    ({"name": " "}, "Give it a name."),
    ({"name": "x" * 121}, "At most 120 characters."),
    ({"event": []}, "Choose at least one event"),
    ({"event": ["0", "99999"]}, "must name an event"),
    ({"window_days": "401"}, "from 1 to 400"),
    ({"window_days": "a"}, "from 1 to 400"),
    ({"kind": "property_sum"}, "Name the property."),
    ({"kind": "ratio"}, "Choose a metric."),
    ({"kind": "ratio", "numerator": "gone", "denominator": "opened_users"}, "there is no metric gone"),
    ({"where_property": "rows", "where_comparison": ">", "where_value": "x"}, "needs a number"),
    ({"where_property": "", "where_comparison": "=", "where_value": "x"}, "take the filter away"),
    ({"where_property": "rows", "where_comparison": "=", "where_value": ""}, "Say which value."),
    ({"where_property": "rows", "where_comparison": "; drop", "where_value": "1"}, "Choose how to compare."),
]


def test_it_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(alices):
    for typed, said in WRONG:
        answer = alices.post(NEW, form(other_name="导出次数", **typed))
        shown = answer.content.decode()

        assert answer.status_code == 422, typed
        assert said in shown.partition("Not saved.")[2]
        assert 'value="导出次数"' in shown
    assert not Metric.objects.filter(built_in=False).exists()


def test_it_makes_a_new_version_and_keeps_the_old_one(alices):
    alices.post(NEW, form())
    edited = alices.get("/settings/metrics/exports/edit/").content.decode()
    assert 'value="Exports"' in edited
    assert "Report Exported" in edited
    alices.post("/settings/metrics/exports/edit/", form(window_days="14"))

    old, new = Metric.objects.filter(key="exports").order_by("version")
    assert (old.spec["window_days"], new.spec["window_days"], new.version) == (7, 14, 2)
    assert "in the 7 days up to the day" in alices.get("/settings/metrics/exports/").content.decode()
    again = alices.post("/settings/metrics/exports/edit/", form(window_days="14"), follow=True)
    assert "Nothing was changed." in again.content.decode()
    assert Metric.objects.filter(key="exports").count() == 2


def test_it_gives_every_metric_a_key_of_its_own(alices):
    for name in ("Exports", "exports!", "导出", "7 days"):
        alices.post(NEW, form(name=name))
    own = Metric.objects.filter(built_in=False).order_by("pk")
    assert list(own.values_list("key", flat=True)) == ["exports", "exports_2", "metric", "metric_7_days"]


def test_it_escapes_names(alices):
    alices.post(NEW, form(name="<b>Big</b>"))
    for page in ("/settings/metrics/", "/settings/metrics/bbigb/", "/settings/metrics/bbigb/edit/", "/customers/"):
        shown = alices.get(page).content.decode()
        assert "<b>Big" not in shown
        assert "&lt;b&gt;Big" in shown


def test_it_finds_events_and_features_and_adds_them(alices, measured):
    typed = form(event=[], q="expor")
    found = alices.post(FIELDS, typed, headers={"HX-Trigger-Name": "q"})
    assert "Report Exported" in found.content.decode()
    assert "Report Viewed" not in found.content.decode()
    assert "HX-Trigger-After-Swap" not in found.headers

    added = alices.post(FIELDS, {**typed, "add_event": event_key("Report Exported")})
    assert f'name="event" value="{event_key("Report Exported")}"' in added.content.decode()
    assert added.headers["HX-Trigger-After-Swap"] == "drafted"

    alices.post("/settings/events/mark/", {"event": [event_key("Report Viewed")], "feature": "Viewing"})
    feature = alices.post(FIELDS, {**typed, "q": "viewing"}).context["found_features"][0]
    grouped = alices.post(FIELDS, {**typed, "add_feature": feature.pk}).context["chosen"]
    assert [event.name for event in grouped] == ["Report Viewed"]
    assert "Nothing found for" in alices.post(FIELDS, {**typed, "q": "sneeze"}).content.decode()


def test_it_adds_and_removes_filters(alices):
    one = alices.post(FIELDS, form(add_filter="1"))
    assert one.context["filters"] and 'name="where_property"' in one.content.decode()
    rows = {"where_property": ["rows", "plan"], "where_comparison": ["=", "="], "where_value": ["1", "pro"]}
    left = alices.post(FIELDS, form(**rows, remove_filter="0")).context["filters"]
    assert [(each.name, samples) for each, _problem, samples in left] == [("plan", ["free", "pro"])]


def test_it_is_for_operators_alone(alices, client, bob):
    alices.post(NEW, form())
    strict = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    for path in (NEW, "/settings/metrics/exports/edit/"):
        assert client.get(path).status_code == 404
        assert client.post(path, form()).status_code == 404
    for path in (FIELDS, "/settings/metrics/form-preview/", "/settings/metrics/exports/archive/"):
        assert client.post(path, form()).status_code == 404
        assert client.get(path).status_code == 405
    assert strict.post(NEW, form()).status_code == 403
    assert Metric.objects.filter(built_in=False).count() == 1
