"""The settings pages about members: what they show to whom, and what they change."""

import re

import pytest

from tenure.activity.models import Activity
from tenure.people.departments import add_department
from tenure.people.models import Member, Role

PAGE = "/settings/members/"


@pytest.fixture
def lea(db) -> Member:
    return Member.objects.create_user("lea@example.com", name="Lea", role=Role.LEADER)


def test_it_lists_who_is_active_and_who_was(client, alice, bob, charlie):
    client.force_login(alice)
    page = client.get(PAGE).content.decode()
    assert "bob@example.com" in page
    assert "charlie@example.com" not in page
    assert "charlie@example.com" in client.get(f"{PAGE}?show=ended").content.decode()
    assert "bob@example.com" not in client.get(f"{PAGE}?q=ali").content.decode()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}1/", f"{PAGE}invite/", "/settings/departments/", "/settings/audit/"])
def test_a_stranger_sees_no_such_page(client, bob, path):
    client.force_login(bob)
    assert client.get(path).status_code == 404
    client.logout()
    assert client.get(path).status_code == 302


def test_a_leader_sees_and_does_not_change(client, lea, bob):
    client.force_login(lea)
    assert "bob@example.com" in client.get(f"{PAGE}{bob.pk}/").content.decode()
    assert client.get(f"{PAGE}invite/").status_code == 404
    assert client.post(f"{PAGE}{bob.pk}/role/", {"role": "viewer"}).status_code == 404
    assert client.post("/settings/departments/add/", {"name": "East"}).status_code == 404
    assert Member.objects.get(pk=bob.pk).role == Role.CSM


def test_it_changes_role_scope_and_department(client, alice, bob):
    east = add_department("East", None, alice)
    client.force_login(alice)
    client.post(f"{PAGE}{bob.pk}/role/", {"role": "leader"})
    client.post(f"{PAGE}{bob.pk}/scope/", {"scope": "team"})
    client.post(f"{PAGE}{bob.pk}/department/", {"department": str(east.pk)})
    bob.refresh_from_db()
    assert (bob.role, bob.scope, bob.department) == ("leader", "team", east)
    for path, given in (("role", {"role": "king"}), ("scope", {"scope": "x"}), ("department", {"department": "99"})):
        assert client.post(f"{PAGE}{bob.pk}/{path}/", given).status_code == 404
    assert client.post(f"{PAGE}{bob.pk}/fire/").status_code == 404


def test_it_says_why_it_refuses(client, alice):
    client.force_login(alice)
    answer = client.post(f"{PAGE}{alice.pk}/deactivate/", follow=True)
    assert "Nobody can do this to themselves" in answer.content.decode()
    assert Member.objects.get(pk=alice.pk).is_active


def test_the_end_of_access_holds_at_once_in_an_open_browser(client, alice, bob):
    client.force_login(bob)
    assert client.get("/preferences/").status_code == 200
    operator = type(client)()
    operator.force_login(alice)
    operator.post(f"{PAGE}{bob.pk}/deactivate/")
    assert client.get("/preferences/")["Location"].startswith("/login/")


def test_it_makes_a_link_for_a_new_password_that_works_once(client, alice, bob):
    client.force_login(alice)
    page = client.post(f"{PAGE}{bob.pk}/password-link/").content.decode()
    link = re.search(r"http://testserver(/password/new/[^<\s\"]+)", page)[1]
    guest = type(client)()
    form = guest.get(link)["Location"]
    new = {"password1": "another long secret", "password2": "another long secret"}
    assert guest.post(form, new)["Location"] == "/password/new/done/"
    bob.refresh_from_db()
    assert bob.check_password("another long secret")
    assert "does not work" in type(client)().get(link).content.decode()
    verbs = Activity.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["password.link_made", "member.password_changed"]


def test_an_admin_makes_no_link_for_an_owner(client, alice, bob):
    bob.role = Role.ADMIN
    bob.save()
    client.force_login(bob)
    answer = client.post(f"{PAGE}{alice.pk}/password-link/", follow=True).content.decode()
    assert "/password/new/" not in answer
    assert "Only an owner" in answer


def test_it_shows_the_tree_of_departments_and_changes_it(client, alice):
    client.force_login(alice)
    path = "/settings/departments/"
    client.post(f"{path}add/", {"name": "Success"})
    success = alice.department or add_department("Sales", None, alice)
    client.post(f"{path}add/", {"name": "Enterprise <East>", "parent": str(success.pk)})
    client.post(f"{path}{success.pk}/rename/", {"name": "Selling"})
    page = client.get(path).content.decode()
    assert "Enterprise &lt;East&gt;" in page
    assert "Selling" in page
    client.post(f"{path}{success.pk}/move/", {"parent": str(success.pk)})
    assert "cannot stand below itself" in client.get(path).content.decode()
    assert client.post(f"{path}{success.pk}/burn/").status_code == 404
