"""Found by whom, in which order."""

import pytest

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account, AssignmentRole, Contact, Identity, User, UserLink
from tenure.accounts.search import finding
from tenure.accounts.search.finding import find
from tenure.accounts.search.keeping import names_changed
from tenure.core.search.matching import asked
from tenure.lib import clock


def account(external_id: str, name: str) -> Account:
    row = Account.objects.create(external_id=external_id, name=name)
    names_changed(Account, [row.pk], new=True)
    return row


def user(account: Account, external_id: str, name: str) -> User:
    row = User.objects.create(name=name)
    identity = Identity.objects.create(external_id=external_id, home=row, user=row)
    UserLink.objects.create(identity=identity, user=row, account=account, since=clock.now())
    names_changed(User, [row.pk], new=True)
    return row


def names(member, typed: str) -> dict[str, list[str]]:
    found = find(member, asked(typed), typed, 6)
    return {model.__name__: [row.name for row in rows] for model, rows in found.items()}


@pytest.fixture
def world(bob):
    """bob has Acme; Acme Labs is nobody's."""
    acme, labs = account("acme", "Acme Inc"), account("labs-1", "Acme Labs")
    for row, name in ((acme, "Ada Acker"), (labs, "Ada Ackroyd")):
        add_contact(row, Details(name, phones=("138 0013 8000",)), None)
        user(row, f"login-{name[-2:]}", name.replace("Ada", "王"))
    assign([acme.pk], AssignmentRole.objects.get(key="csm"), bob, None)
    return acme, labs


def test_it_ranks_an_id_then_beginnings_then_words_then_what_is_inside(alice):
    for external_id, name in (("a", "Unimes"), ("mes", "Zeta"), ("c", "Super Mesh"), ("d", "Mesa"), ("e", "Mes Co")):
        account(external_id, name)
    assert names(alice, "mes") == {"Account": ["Zeta", "Mes Co", "Mesa", "Super Mesh", "Unimes"]}


def test_it_finds_several_words_in_any_order_after_the_text_as_it_is(alice):
    for number, name in enumerate(("Labs Acme", "Acme Labs", "Acme Works")):
        account(f"x{number}", name)
    assert names(alice, "acm la") == {"Account": ["Acme Labs", "Labs Acme"]}


def test_it_finds_people_by_name_number_and_id(world, alice):
    assert names(alice, "ack") == {"Contact": ["Ada Acker", "Ada Ackroyd"], "User": ["王 Acker", "王 Ackroyd"]}
    assert names(alice, "wanga") == {"User": ["王 Acker", "王 Ackroyd"]}
    assert names(alice, "13800138000") == {"Contact": ["Ada Acker", "Ada Ackroyd"]}
    assert names(alice, "login-yd") == {"User": ["王 Ackroyd"]}


def test_it_finds_people_inside_their_names_but_not_inside_their_addresses(world, alice, bob):
    assert names(alice, "cker") == {"Contact": ["Ada Acker"], "User": ["王 Acker"]}
    assert names(bob, "kroy") == {}
    add_contact(world[0], Details("Zoe", email="johnson@example.com"), None)
    assert names(alice, "johnson") == {"Contact": ["Zoe"]}
    assert names(alice, "ohnson") == {}


@pytest.mark.parametrize("several", ["Na Nb Nc Nd Ne Nf Ng Nh Ni Nj", "Na"])
def test_it_finds_the_rest_behind_names_of_which_many_words_begin_so(several, bob):
    rows = [account(str(number), name) for number, name in enumerate((several, several + "k", "Xnabc"))]
    assign([row.pk for row in rows], AssignmentRole.objects.get(key="csm"), bob, None)
    assert names(bob, "n") == {"Account": [several, several + "k", "Xnabc"]}


@pytest.mark.parametrize(("few", "rare"), [(200, 1000), (200, 0), (0, 1000)])
def test_it_finds_nothing_of_other_books(world, bob, charlie, few, rare, monkeypatch):
    """Whichever way it looks."""
    monkeypatch.setattr(finding, "_FEW", few)
    monkeypatch.setattr(finding, "_RARE", rare)
    assert names(bob, "ac") == {"Account": ["Acme Inc"], "Contact": ["Ada Acker"], "User": ["王 Acker"]}
    assert names(bob, "ac ad") == names(bob, "ad ac") == {"Contact": ["Ada Acker"]}
    assert names(bob, "login-yd") == names(bob, "labs") == names(charlie, "acme") == {}


def test_it_finds_a_merged_account_as_the_one_it_lives_on_in(world, alice, bob):
    acme, labs = world
    labs.merged_into = acme
    labs.save()
    assert names(alice, "acme labs") == names(bob, "acme labs") == {"Account": ["Acme Inc"]}
    assert names(bob, "ackroyd") == {"Contact": ["Ada Ackroyd"], "User": ["王 Ackroyd"]}


def test_it_finds_nothing_for_nothing(world, alice):
    assert names(alice, "") == names(alice, "  ") == names(alice, "\U0010ffff") == {}
    assert Contact.objects.count() == 2
