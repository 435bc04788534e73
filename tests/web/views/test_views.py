"""Saved views: tabs above the customers list, the one it opens in, and the drawer."""

import re

from tenure.activity.models import Activity
from tenure.people.models import Member, Role
from tenure.segments.models import Sharing, View
from tenure.segments.views.saving import save_view

QUERY = "columns=name&columns=score&sort=-score&state=at-risk&q=&page=2&day=2026-06-01"


def saved(alices) -> View:
    alices.post("/views/new/", {"name": " At  risk ", "query": QUERY, "sharing": "all"})
    return View.objects.get()


def test_it_keeps_what_one_sees_but_not_the_day_nor_the_page(alices):
    view = saved(alices)
    assert (view.name, view.sharing) == ("At risk", Sharing.ALL)
    assert view.query == {"columns": "name,score", "sort": "-score", "state": "at-risk"}
    page = alices.get(f"/customers/?view={view.pk}", follow=True)
    assert page.redirect_chain[0][0] == f"/customers/?view={view.pk}&columns=name%2Cscore&sort=-score&state=at-risk"
    text = page.content.decode()
    assert 'aria-current="page">At risk</a>' in text and "12 weeks</span></th>" not in text
    assert f"view={view.pk}&amp;sort=-score&amp;state=at-risk" in text  # goes along to a customer, and back
    back = alices.get(f"/customers/?view={view.pk}&sort=-score&state=healthy")
    assert back.url == f"/customers/?view={view.pk}&sort=-score&state=healthy&columns=name%2Cscore"


def test_the_list_opens_in_the_view_of_ones_choice(alices):
    view = saved(alices)
    assert alices.get("/customers/").status_code == 200
    alices.post(f"/views/{view.pk}/first/")
    assert alices.get("/customers/?day=2026-06-29").url.endswith("&state=at-risk&day=2026-06-29")
    assert alices.get("/customers/?view=0").status_code == alices.get("/customers/?sort=name").status_code == 200
    alices.post(f"/views/{view.pk}/delete/")
    assert alices.get("/customers/").status_code == 200
    alices.post(f"/views/{view.pk}/restore/")
    assert alices.get("/customers/").status_code == 302
    alices.post(f"/views/{view.pk}/first/")
    assert alices.get("/customers/").status_code == 200


def test_the_drawer_changes_the_view_one_is_in(alices):
    view = saved(alices)
    at = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/customers/?view={view.pk}&sort=name"}
    drawer = alices.get("/views/", headers=at).content.decode()
    query = re.search(r'name="query" value="([^"]*)"', drawer)[1].replace("&amp;", "&")
    alices.post(f"/views/{view.pk}/update/", {"query": query})
    alices.post(f"/views/{view.pk}/rename/", {"name": "By name", "sharing": "team"})
    view.refresh_from_db()
    assert (view.query, view.name, view.sharing) == ({"sort": "name"}, "By name", Sharing.TEAM)
    refused = alices.post("/views/new/", {"name": "BY NAME", "query": query}, follow=True)
    assert "There is a view of this name already." in refused.content.decode()
    assert [each.verb for each in Activity.objects.order_by("pk")] == ["view.saved", "view.changed", "view.changed"]


def test_a_private_one_is_its_owners_alone(alices):
    eve = Member.objects.create_user("eve@example.com", name="Eve", role=Role.CSM)
    view = save_view("Eve's", {"sort": ["name"]}, Sharing.PRIVATE, actor=eve)
    assert "Eve&#x27;s" not in alices.get(f"/customers/?view={view.pk}").content.decode()
    assert alices.post(f"/views/{view.pk}/first/").status_code == 404
