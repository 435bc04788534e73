import pytest

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact, remove_contact
from tenure.accounts.models import Account, AssignmentRole, Contact, User, UserLink
from tenure.accounts.models.user import Identity
from tenure.accounts.search.keeping import names_changed
from tenure.lib import clock
from tenure.people.models import Role
from tenure.segments.models import Segment, Sharing


@pytest.fixture
def accounts(db) -> list[Account]:
    """Acme and a contact and a user of it, Acme Labs and a contact of it, 华为, and a nasty one."""
    named = ["Acme Corp", "Acme Labs", "华为", "<b>Evil</b>"]
    rows = [Account.objects.create(external_id=f"id-{number}", name=name) for number, name in enumerate(named)]
    names_changed(Account, [row.pk for row in rows], new=True)
    add_contact(rows[0], Details("Acker Ann", email="ann@acme.example"), None)
    add_contact(rows[1], Details("Acker Bea"), None)
    user = User.objects.create(name="Acker Cy")
    identity = Identity.objects.create(external_id="cy", home=user, user=user)
    UserLink.objects.create(identity=identity, user=user, account=rows[0], since=clock.now())
    names_changed(User, [user.pk], new=True)
    return rows


def found(client, query: str = "", **more: str) -> str:
    answer = client.get("/search/", {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def refs(text: str) -> list[str]:
    return [part.split('"')[0] for part in text.split('data-ref="')[1:]]


def test_it_finds_rows_of_every_kind_and_marks_what_was_typed(client, alice, accounts):
    Segment.objects.create(
        name="Active", sharing=Sharing.ALL, condition={}, owner=alice, created_at=clock.now(), changed_at=clock.now()
    )
    client.force_login(alice)
    text = found(client, "ac")
    kinds = [ref.split(":")[0] for ref in refs(text)]
    assert kinds == ["account", "account", "contact", "contact", "user", "segment"]
    assert "<mark>Ac</mark>me Corp" in text and f'href="/customers/{accounts[0].pk}/"' in text
    assert "<mark>华为</mark>" in found(client, "huawei") and "<mark>华为</mark>" in found(client, "hw")
    assert "<mark>ann@acme.ex</mark>ample" in found(client, "ann@acme.ex")
    assert refs(found(client, "id-1"))[0] == f"account:{accounts[1].pk}"


def test_a_book_shows_its_own_rows_and_nothing_of_others(client, bob, accounts):
    assign([accounts[0].pk], AssignmentRole.objects.get(key="csm"), bob, None)
    client.force_login(bob)
    text = found(client, "ac")
    assert len(refs(text)) == 3 and "Labs" not in text and "Bea" not in text and 'data-said="3 results"' in text
    others = Contact.objects.get(name="Acker Bea")
    assert refs(found(client, recent=f"account:{accounts[1].pk},contact:{others.pk}")) == []
    assert "Log a follow-up here" not in found(client, account=str(accounts[1].pk))


def test_it_shows_first_what_was_visited_last_while_it_is_there(client, alice, accounts):
    ann = Contact.objects.get(name="Acker Ann")
    visited = [
        f"contact:{ann.pk}",
        f"account:{accounts[2].pk}",
        f"contact:{ann.pk}",
        "account:x",
        "member:1",
        "user:999",
    ]
    client.force_login(alice)
    assert refs(found(client, recent=",".join(visited))) == visited[:2]
    remove_contact(ann, alice)
    assert refs(found(client, recent=",".join(visited))) == visited[1:2]


def test_it_offers_pages_and_verbs_the_member_may_use_in_any_language(client, alice, bob, accounts):
    client.force_login(alice)
    assert 'href="/settings/imports/"' in found(client, "import") and 'href="/settings/imports/new/"' in found(
        client, "导入"
    )
    assert 'data-post="/preferences/theme/" data-name="theme" data-value="dark"' in found(client, "dark")
    assert 'href="/contacts/?day=2026-01-05"' in found(client, "contacts", day="2026-01-05")
    Account.objects.filter(pk=accounts[0].pk).update(name="Importer")
    bob.role = Role.VIEWER
    bob.save()
    client.force_login(bob)
    assert "/settings/imports/" not in found(client, "import") and "Log a follow-up" not in found(client)


def test_it_offers_what_to_do_with_the_customer_whose_page_it_is(client, alice, accounts):
    client.force_login(alice)
    text = found(client, account=str(accounts[0].pk))
    assert f'data-drawer="/work/follow-ups/new/?account={accounts[0].pk}"' in text
    assert (
        f'data-drawer="/contacts/new/{accounts[0].pk}/"' in text
        and f'href="/customers/{accounts[0].pk}/merge/"' in text
    )


def test_it_lets_a_customer_be_chosen_for_a_new_contact(client, alice, accounts):
    client.force_login(alice)
    text = found(client, "hua", then="contact")
    assert (
        f'data-drawer="/contacts/new/{accounts[2].pk}/"' in text and "Which customer?" in text and "Pages" not in text
    )
    assert len(refs(found(client, then="contact"))) == 4


def test_it_escapes_names_and_says_when_nothing_is_found(client, alice, accounts):
    client.force_login(alice)
    assert "<mark>Evil</mark>&lt;" in found(client, "evil")
    text = found(client, "zzz%_\0<")
    assert "Nothing found for “zzz%_&lt;”." in text and 'role="option"' not in text
    assert found(client, "x" * 5000) and found(client, "'\" ; --") and found(client, "\U0001f600")


def test_it_is_for_members_only(client, accounts):
    assert client.get("/search/", {"q": "acme"}).status_code == 302
