import re

import pytest
from django.test import Client

from tenure.events.models import CatalogueChange, EventType, Feature
from tenure.jobs.models import Job
from tests.events.views.conftest import classes, features, toasts

HERE = "/settings/events/?class=2&q=report"


def keys(*names: str) -> list[int]:
    return [EventType.objects.get(name=name).pk for name in names]


def mark(client: Client, *names: str, **data: str):
    return client.post("/settings/events/mark/", {"event": keys(*names), "next": HERE, **data}, follow=True)


def undo_address(response) -> str:
    found = re.search(r'action="(/settings/events/changes/\d+/undo/)"', toasts(response))
    assert found
    return found[1]


def test_it_marks_many_and_comes_back_to_the_same_list(catalogue, alices):
    answer = mark(alices, "Report Viewed", "Alert Opened", **{"class": "0"})

    assert answer.redirect_chain == [(HERE, 302)]
    assert "2 events marked." in toasts(answer)
    assert classes() == {
        "Alert Opened": "Ignored",
        "Report Exported": "Value",
        "Report Viewed": "Ignored",
        "Signed In": "Base",
    }
    assert Job.objects.filter(kind="recount_users").exists()


def test_it_tells_the_warehouse_and_takes_it_back(catalogue, alices, alice):
    catalogue.store.recount_users()
    answer = mark(alices, "Signed In", **{"class": "2"})
    alices.post(undo_address(answer), {"next": HERE})

    event = EventType.objects.get(name="Signed In")
    assert classes()["Signed In"] == "Base"
    assert (event.marked_by, event.marked_at) == (None, None)  # by default again, not by hand
    change = CatalogueChange.objects.get()
    assert change.created_by == change.undone_by == alice


def test_it_undoes_once_only(catalogue, alices):
    address = undo_address(mark(alices, "Signed In", **{"class": "2"}))

    assert "Put back as it was." in toasts(alices.post(address, {"next": HERE}, follow=True))
    mark(alices, "Signed In", **{"class": "0"})
    assert "undone already" in toasts(alices.post(address, follow=True))
    assert classes()["Signed In"] == "Ignored"


def test_it_leaves_alone_what_was_changed_since(catalogue, alices):
    first = mark(alices, "Signed In", "Alert Opened", **{"class": "0"})
    mark(alices, "Signed In", **{"class": "2"})
    alices.post(undo_address(first))

    assert classes()["Signed In"] == "Value"
    assert classes()["Alert Opened"] == "Value"  # as it was at first


def test_it_puts_events_into_a_new_feature_and_takes_the_feature_away_again(catalogue, alices):
    answer = mark(alices, "Report Viewed", "Report Exported", feature=" Reports ")
    assert features() == {"Report Viewed": "Reports", "Report Exported": "Reports"}
    assert "2 events put into the feature." in toasts(answer)

    alices.post(undo_address(answer))
    assert features() == {}
    assert not Feature.objects.exists()


def test_it_moves_events_between_features_and_back(catalogue, alices):
    mark(alices, "Report Viewed", feature="Reports")
    mark(alices, "Alert Opened", feature="Alerts")
    answer = mark(alices, "Report Viewed", "Signed In", feature="Alerts")
    assert features() == {"Report Viewed": "Alerts", "Alert Opened": "Alerts", "Signed In": "Alerts"}

    alices.post(undo_address(answer))
    assert features() == {"Report Viewed": "Reports", "Alert Opened": "Alerts"}


def test_it_takes_events_out_and_puts_them_back(catalogue, alices):
    mark(alices, "Report Viewed", feature="Reports")
    answer = mark(alices, "Report Viewed", ungroup="1", feature="half typed")
    assert features() == {}
    assert not Feature.objects.filter(name="half typed").exists()

    alices.post(undo_address(answer))
    assert features() == {"Report Viewed": "Reports"}


def test_it_does_not_bring_a_deleted_feature_back(catalogue, alices):
    mark(alices, "Report Viewed", feature="Reports")
    answer = mark(alices, "Report Viewed", ungroup="1")
    Feature.objects.all().delete()

    alices.post(undo_address(answer))
    assert features() == {}


def test_it_offers_no_undo_when_nothing_changed(catalogue, alices):
    mark(alices, "Signed In", **{"class": "1"})
    again = mark(alices, "Signed In", **{"class": "1"})
    assert "They are marked so already." in toasts(again)
    assert "undo" not in toasts(again)


@pytest.mark.parametrize("data", [{"class": "0"}, {"event": "x", "class": "0"}, {"event": "99999", "feature": "A"}])
def test_it_asks_for_a_choice_when_there_is_none(catalogue, alices, data):
    answer = alices.post("/settings/events/mark/", data, follow=True)
    assert "Select at least one event." in toasts(answer)
    assert not CatalogueChange.objects.exists()


def test_it_refuses_a_class_that_does_not_exist_and_a_name_that_is_too_long(catalogue, alices):
    assert mark(alices, "Signed In", **{"class": "9"}).status_code == 404
    assert mark(alices, "Signed In", **{"class": "value"}).status_code == 404
    assert "1 to 120 characters" in toasts(mark(alices, "Signed In", feature="x" * 121))
    assert features() == {}


def test_it_goes_nowhere_else(catalogue, alices):
    data = {"event": keys("Signed In"), "class": "0", "next": "https://evil.example/"}
    assert alices.post("/settings/events/mark/", data).url == "/settings/events/"


def test_it_undoes_only_ones_own_changes(catalogue, client, alice, bob):
    client.force_login(alice)
    address = undo_address(mark(client, "Signed In", **{"class": "2"}))
    bob.role = "admin"
    bob.save()
    client.force_login(bob)

    assert client.post(address).status_code == 404
    assert classes()["Signed In"] == "Value"


def test_it_refuses_a_csm_a_missing_token_and_a_get(catalogue, alice, bob):
    strict = Client(enforce_csrf_checks=True)
    data = {"event": keys("Signed In"), "class": "0"}
    strict.force_login(alice)
    assert strict.post("/settings/events/mark/", data).status_code == 403
    assert strict.get("/settings/events/mark/").status_code == 405
    assert strict.get("/settings/events/changes/1/undo/").status_code == 405
    bobs = Client()
    bobs.force_login(bob)
    assert bobs.post("/settings/events/mark/", data).status_code == 404
    assert Client().post("/settings/events/mark/", data).status_code == 302
    assert classes()["Signed In"] == "Base"
