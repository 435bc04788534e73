import re

import pytest

from tenure.events.models import EventType, Feature
from tests.exports.taking import rows as rows_of
from tests.exports.taking import take


def names(response) -> list[str]:
    return re.findall(r'<a href="/settings/events/\d+/"[^>]*>([^<]+)</a>', response.content.decode())


def test_it_lists_what_arrived_the_most_frequent_first(catalogue, alices):
    assert names(alices.get("/settings/events/")) == ["Report Viewed", "Report Exported", "Alert Opened", "Signed In"]


def test_it_sorts_filters_and_searches(catalogue, alices):
    assert names(alices.get("/settings/events/?sort=name"))[0] == "Alert Opened"
    assert names(alices.get("/settings/events/?class=1")) == ["Signed In"]
    assert names(alices.get("/settings/events/?q=report&sort=-name")) == ["Report Viewed", "Report Exported"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("recent", "Signed In"),
        ("-total", "Report Viewed"),
        ("class", "Signed In"),
        ("-class", "Alert Opened"),
        ("-feature", "Signed In"),
        ("last", "Alert Opened"),
        ("-first", "Alert Opened"),
        ("kind", "Alert Opened"),
    ],
)
def test_it_sorts_by_each_column_and_by_name_where_equal(catalogue, alices, sort, first):
    signed_in = EventType.objects.get(name="Signed In")
    signed_in.feature = Feature.objects.create(name="Access")
    signed_in.save()
    assert names(alices.get(f"/settings/events/?sort={sort}"))[0] == first


@pytest.mark.parametrize("wanted", ["7", "value", "99999999999999999999", "²"])
def test_it_shows_everything_for_a_class_that_does_not_exist(catalogue, alices, wanted):
    assert len(names(alices.get("/settings/events/", {"class": wanted}))) == 4


def test_it_exports_what_is_filtered(catalogue, alices):
    rows = rows_of(take(alices, "events", "class=2"))

    assert [(row["Event"], row["Behaviour"], row["In all"]) for row in rows] == [
        ("Report Viewed", "Value", "4"),
        ("Report Exported", "Value", "3"),
        ("Alert Opened", "Value", "2"),
    ]


def test_it_shows_an_event_with_its_properties_and_comes_back_to_the_list(catalogue, alices):
    event = EventType.objects.get(name="Report Viewed")
    drawer = alices.get(
        f"/settings/events/{event.pk}/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/settings/events/?q=report"},
    ).content.decode()

    assert "<code>plan</code>" in drawer
    assert 'name="next" value="/settings/events/?q=report"' in drawer
    assert "<html" not in drawer


def test_it_escapes_a_hostile_name(catalogue, alices):
    catalogue.send({"event": "<script>alert(1)</script>", "user": "eve"})

    page = alices.get("/settings/events/").content.decode()
    assert "<script>alert(1)" not in page
    assert 'aria-label="Select &lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_it_says_what_to_do_before_anything_arrived(house, alices):
    from tenure.warehouse import current

    current.use(house.store)
    page = alices.get("/settings/events/").content.decode()
    current.use(None)
    assert "No event has arrived yet" in page
    assert 'href="/settings/sources/"' in page


@pytest.mark.parametrize("path", ["events/", "events/1/", "features/"])
def test_it_is_hidden_from_a_csm_and_asks_a_stranger_to_sign_in(client, bob, path):
    assert client.get(f"/settings/{path}").status_code == 302
    client.force_login(bob)
    assert client.get(f"/settings/{path}").status_code == 404
    assert client.post(f"/settings/{path}").status_code in (404, 405)


def test_it_has_no_page_for_an_event_that_is_not_there(catalogue, alices):
    assert alices.get("/settings/events/999999/").status_code == 404
