import pytest
from django.test import Client

from tenure.events.models import EventType, Feature
from tests.events.views.conftest import features, toasts


@pytest.fixture
def reports(catalogue, alices):
    event = EventType.objects.get(name="Report Viewed").pk
    alices.post("/settings/events/mark/", {"event": event, "feature": "Reports"})
    return Feature.objects.get()


def change(client: Client, **data: object):
    return client.post("/settings/features/change/", data, follow=True)


def test_it_shows_features_with_their_events_and_the_value_events_in_none(reports, alices):
    page = alices.get("/settings/features/").content.decode()
    grouped, _, loose = page.partition("Value events in no feature")
    assert "Report Viewed" in grouped
    assert "Alert Opened" in loose
    assert "Signed In" not in page  # a base event is no feature


def test_it_renames(reports, alices):
    assert "Renamed." in toasts(change(alices, feature=reports.pk, name=" Reporting "))
    assert features() == {"Report Viewed": "Reporting"}


@pytest.mark.parametrize(
    ("name", "said"), [("", "1 to 120"), ("x" * 121, "1 to 120"), ("Alerts", "named Alerts already")]
)
def test_it_refuses_a_name(reports, alices, name, said):
    Feature.objects.create(name="Alerts")
    assert said in toasts(change(alices, feature=reports.pk, name=name))
    assert features() == {"Report Viewed": "Reports"}


def test_it_deletes_and_keeps_the_events(reports, alices):
    assert "Deleted." in toasts(change(alices, feature=reports.pk, verb="delete"))
    assert not Feature.objects.exists()
    assert EventType.objects.filter(name="Report Viewed", feature=None).exists()


@pytest.mark.parametrize("key", ["", "x", "9999999", "9" * 30])
def test_it_knows_no_feature_of_that_key(reports, alices, key):
    assert change(alices, feature=key, name="A").status_code == 404


def test_it_refuses_a_csm_a_missing_token_and_a_get(reports, alice, bob):
    strict, bobs = Client(enforce_csrf_checks=True), Client()
    strict.force_login(alice)
    bobs.force_login(bob)
    assert strict.post("/settings/features/change/", {"feature": reports.pk, "name": "A"}).status_code == 403
    assert strict.get("/settings/features/change/").status_code == 405
    assert bobs.post("/settings/features/change/", {"feature": reports.pk, "name": "A"}).status_code == 404
    assert features() == {"Report Viewed": "Reports"}
