"""Saved views: whose they are, changing a part of one, deleting and bringing back."""

from tenure.activity.models import Activity
from tests.api.asking import Program


def test_a_part_of_it_is_changed_and_the_rest_stays(alice):
    program = Program.of(alice)
    made = program.ask("POST", "views", {"name": "Weak", "query": {"state": "at-risk", "sort": "-score"}}).json()
    path = f"views/{made['id']}"
    seen = program.get(path)["ETag"]
    changed = program.ask("PATCH", path, {"query": {"columns": "name,score"}, "sharing": "all"}, if_match=seen).json()
    assert (changed["name"], changed["sharing"]) == ("Weak", "all")
    assert {name: text for name, text in changed["query"].items() if text} == {"columns": "name,score"}
    assert program.ask("PATCH", path, {"name": "Late"}, if_match=seen).status_code == 412
    assert program.ask("DELETE", path).status_code == 204 and program.get(path).status_code == 404
    assert program.ask("POST", f"{path}/restoration").json()["name"] == "Weak"
    assert [each.verb for each in Activity.objects.order_by("pk")][1:] == [
        "view.saved",
        "view.changed",
        "view.archived",
        "view.restored",
    ]


def test_one_sees_ones_own_and_shared_ones_and_changes_what_one_may(alice, bob):
    alices, bobs = Program.of(alice), Program.of(bob)
    shared = alices.ask("POST", "views", {"name": "Ours", "query": {}, "sharing": "all"}).json()["id"]
    alices.ask("POST", "views", {"name": "Hers", "query": {}})
    bobs.ask("POST", "views", {"name": "His", "query": {}})

    def names(**query: str) -> list[str]:
        return [each["name"] for each in bobs.get("views", query).json()["items"]]

    assert (names(), names(mine="true"), names(sharing="all")) == (["Ours", "His"], ["His"], ["Ours"])
    assert bobs.ask("PATCH", f"views/{shared}", {"name": "Mine"}).status_code == 403
    unknown = bobs.ask("POST", "views", {"name": "N", "query": {"colour": "red"}})
    assert unknown.status_code == 422 and unknown.json()["error"]["path"] == "body.query.colour"
    assert bobs.ask("POST", "views", {"name": "N", "query": {"state": "at_risk"}}).status_code == 422
