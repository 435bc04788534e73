"""The list of metrics, a definition, the preview, archiving and the way back."""

import re

import pytest

from tenure.health.metrics import define_metric, metrics_in_use
from tenure.jobs.models import Job
from tests.web.metrics.conftest import DAY, form

HERE = "/settings/metrics/"


@pytest.fixture
def exports(alices, alice):
    spec = {"kind": "count", "window_days": 7, "events": ["Report Exported"]}
    return define_metric(
        {"key": "exports", "name": "Reports out", "unit": "count", "is_key": True, "spec": spec}, alice
    )


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def toasts(response) -> str:
    return response.content.decode().partition('class="toasts"')[2]


def preview(client, **typed) -> str:
    return text(client.post(f"{HERE}form-preview/?day={DAY}", form(**typed)))


def test_it_previews_the_distribution_and_the_top_accounts(alices):
    shown = preview(alices)
    assert "The number of Report Exported in the 7 days up to the day." in shown
    assert re.search(r"Least 0 25% 2 Median 4 75% 6.5 Most 9", shown)
    assert "3 customers: 3 with a value, 1 of them zero, 0 without one." in shown
    assert re.search(r"with the most .*acme .*9 .*globex .*4", shown)
    assert "exports" not in metrics_in_use()


def test_it_previews_filters_and_links_the_accounts(alices):
    filters = {"where_property": "rows", "where_comparison": ">", "where_value": "4"}
    shown = preview(alices, **filters)
    assert "rows &gt; 4" in shown
    assert "Most 5" in shown
    link = re.search(r'href="(/customers/\d+/[^"]*)"', alices.post(f"{HERE}form-preview/", form()).content.decode())
    assert link and alices.get(link[1]).status_code == 200


def test_it_says_what_is_missing_for_a_preview(alices):
    assert "Choose at least one event" in preview(alices, event=[])
    assert "Most" in preview(alices, name="")  # a name is not needed yet


def test_it_takes_no_text_of_a_person_into_a_query(alices):
    evil = "rows' or 1=1; drop table event --"
    shown = preview(alices, where_property=evil, where_comparison="=", where_value=evil)
    assert "3 customers: 3 with a value, 3 of them zero" in shown
    assert "Most 9" in preview(alices)


def test_it_lists_metrics_with_sentence_median_and_use(exports, alices):
    shown = text(alices.get(f"{HERE}?day={DAY}"))
    assert "The number of Report Exported in the 7 days up to the day." in shown
    assert re.search(r"Value events, day .*?1 day 6 – Built in 1", shown)
    assert "Health" in shown
    assert "Reports out" not in text(alices.get(f"{HERE}?show=built-in"))
    assert "Breadth" not in text(alices.get(f"{HERE}?q=exp"))
    names = re.findall(
        r'href="/settings/metrics/(\w+)/"', alices.get(f"{HERE}?day={DAY}&sort=-median").content.decode()
    )
    assert names.index("value_events_28") < names.index("active_users_28") < names.index("exports")


def test_it_opens_a_definition_for_everybody(exports, client, bob):
    client.force_login(bob)
    shown = text(client.get(f"{HERE}exports/"))
    assert "The number of Report Exported in the 7 days up to the day." in shown
    assert "Archive" not in shown
    assert "Define a metric" not in text(client.get(HERE))
    assert "A part, with weight 30" in text(client.get(f"{HERE}breadth/?day={DAY}"))
    assert client.get(f"{HERE}nothing/").status_code == 404
    assert client.post(f"{HERE}exports/archive/").status_code == 404


def test_it_speaks_chinese(exports, alices, alice):
    spec = {"kind": "count", "window_days": 7}
    names = {"zh-hans": "每周用量"}
    define_metric({"key": "weekly", "name": "Weekly use", "names": names, "unit": "count", "spec": spec}, alice)
    alice.language = "zh-hans"
    alice.save()
    shown = text(alices.get(HERE))
    assert "每周用量" in shown
    assert "Weekly use" not in shown
    assert "Reports out" in shown  # it has no other name


def test_it_is_a_column_of_the_customers_list_and_on_the_customer_page(exports, alices, measured):
    assert "Reports out" in text(alices.get("/customers/?columns=exports"))
    page = re.search(r"/customers/\d+/", alices.get("/customers/").content.decode())
    assert page and "Reports out" in text(alices.get(f"{page[0]}usage/"))


def test_it_archives_and_restores(exports, alices, alice):
    Job.objects.all().delete()
    answer = alices.post(f"{HERE}exports/archive/", follow=True)
    assert "Its numbers are kept." in toasts(answer)
    assert "exports" not in metrics_in_use()
    exports.refresh_from_db()
    assert exports.retired_by == alice
    assert "Reports out" in text(alices.get(f"{HERE}?show=archived"))

    undo = re.search(r'action="(/settings/metrics/exports/restore/)"', toasts(answer))
    assert undo
    alices.post(undo[1])
    assert metrics_in_use()["exports"] == exports
    assert Job.objects.filter(kind="close_history").exists()


def test_it_archives_nothing_that_is_needed(exports, alices, alice):
    spec = {"kind": "ratio", "numerator": "exports", "denominator": "opened_users"}
    define_metric({"key": "each", "name": "Reports each", "unit": "count", "spec": spec}, alice)
    assert "Reports each is made of it" in toasts(alices.post(f"{HERE}exports/archive/", follow=True))
    assert alices.post(f"{HERE}breadth/archive/").status_code == 404  # built in
    alices.post(f"{HERE}each/archive/")
    alices.post(f"{HERE}exports/archive/")
    assert "Restore that first" in toasts(alices.post(f"{HERE}each/restore/", follow=True))
    assert set(metrics_in_use()).isdisjoint({"each", "exports"})
