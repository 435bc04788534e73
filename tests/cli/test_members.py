"""member add, member list, audit: run as the command line runs them."""

import io

import pytest
from django.conf import settings

from tenure.cli.command import Context
from tenure.cli.commands import COMMANDS
from tenure.lib.errors import TenureError
from tenure.people.departments import add_department
from tenure.people.members import change_role
from tenure.people.models import Member, Role

OPTIONS = {
    "name": "Eve",
    "role": "leader",
    "department": None,
    "scope": None,
    "language": "",
    "password_stdin": True,
}
AUDIT = {"who": None, "verb": "", "account": None, "first": None, "last": None, "search": "", "limit": 100}


@pytest.fixture
def run(db, monkeypatch):
    context = Context(settings.CONFIG, lambda done, total: None)

    def command(command_name: str, password: str = "correct horse battery", **options: object):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        return COMMANDS[command_name].run(options, context)

    return command


def test_it_adds_a_member_and_lists_them(run, alice):
    success, sales = (add_department(name, None, alice) for name in ("Success", "Sales"))
    for parent in (success, sales):
        add_department("East", parent, alice)
    made = run("member add", **OPTIONS | {"email": "Eve@example.com", "department": "Sales/East", "scope": "team"})
    assert COMMANDS["member add"].show(made) == "eve@example.com can sign in as leader."
    eve = Member.objects.get(email="eve@example.com")
    assert (eve.department.parent, eve.check_password("correct horse battery")) == (sales, True)
    row = next(each for each in run("member list") if each["name"] == "Eve")
    assert (row["role"], row["department"], row["scope"], row["active"]) == ("leader", "East", "team", True)
    assert "eve@example.com" in COMMANDS["member list"].show(run("member list"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "bob@example.com"}, "is a member already"),
        ({"email": "eve"}, "valid email"),
        ({"department": "East"}, "more than one department"),
        ({"department": "Moon"}, "no department"),
        ({"password": "short"}, "at least 10"),
    ],
)
def test_it_says_why_it_adds_nobody(run, alice, bob, change, words):
    for parent in (add_department("Success", None, alice), None):
        add_department("East", parent, alice)
    with pytest.raises(TenureError, match=words):
        run("member add", **OPTIONS | {"email": "eve@example.com"} | change)
    assert Member.objects.count() == 2


def test_it_tells_what_was_done(run, alice, bob):
    change_role(bob, Role.LEADER, alice)
    add_department("East", None, alice)
    assert [each["verb"] for each in run("audit", **AUDIT)] == ["department.added", "member.role_changed"]
    (told,) = run("audit", **AUDIT | {"who": "Bob@example.com"})
    assert (told["says"], told["detail"]) == (
        "Alice made Bob Leader, who was CSM",
        {"before": "csm", "after": "leader"},
    )
    assert told["subject"] == {"kind": "member", "id": bob.pk, "name": "Bob"}
    assert run("audit", **AUDIT | {"account": "acme"}) == []
    assert "Alice added the department East" in COMMANDS["audit"].show(run("audit", **AUDIT | {"limit": 1}))
    with pytest.raises(TenureError, match="Nobody signs in"):
        run("audit", **AUDIT | {"who": "eve@example.com"})
