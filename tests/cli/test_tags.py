"""`tenure tag`: which there are, putting them on and taking them off, and who had one when."""

import pytest

from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.lib.errors import TenureError
from tests.cli.asking import ask, shown

LOW = '{"field": "health.score", "comparison": "<", "value": 40}'
AS = ("--as", "alice@example.com")


@pytest.fixture
def accounts(alice) -> None:
    Account.objects.bulk_create(Account(external_id=f"a{n}") for n in range(3))


def test_it_makes_lists_and_archives_them(alice):
    assert ask("tag add", "Weak", "--chinese", "薄弱", "--condition", LOW, *AS) == {"tag": "weak"}
    (weak,) = [each for each in ask("tag list") if each["tag"] == "weak"]
    assert weak["condition"]["value"] == 40 and "its rule" in shown("tag list")
    ask("tag archive", "薄弱", *AS)
    assert [each["tag"] for each in ask("tag list", "--archived")] == ["weak"]
    ask("tag restore", "weak", *AS)
    assert [each.by for each in Activity.objects.filter(verb__startswith="tag.")] == ["Alice"] * 3


def test_it_puts_one_on_and_tells_who_had_it(accounts):
    assert shown("tag put-on", "Strategic", "a0", "a1", *AS) == "strategic: 2 customers changed"
    assert ask("tag take-off", "strategic", "a0", *AS)["changed"] == 1
    had = [(each["account"], each["put on by"], each["taken off by"]) for each in ask("tag history", "strategic")]
    assert had == [("a0", "alice@example.com", "alice@example.com"), ("a1", "alice@example.com", None)]
    (listed,) = [each for each in ask("tag list") if each["tag"] == "strategic"]
    assert listed["customers"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tag put-on", "Gone", "a0", *AS), "There is no tag 'Gone'"),
        (("tag put-on", "strategic", "a0", "a9", *AS), "Alice sees no account 'a9'"),
        (("tag put-on", "strategic", "a0", "--as", "bob@example.com"), "Bob sees no account 'a0'"),
        (("tag archive", "strategic", "--as", "bob@example.com"), "The role of Bob does not allow this"),
        (("tag add", "Weak", "--condition", "{", *AS), "is no JSON"),
    ],
)
def test_it_says_what_cannot_be_done(accounts, bob, arguments, said):
    with pytest.raises(TenureError, match=said):
        ask(*arguments)
    assert not Activity.objects.exists()
