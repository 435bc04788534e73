from datetime import date

import pytest

from tenure.accounts.contacts.details import BadContact, checked, phone_key, search_text
from tenure.accounts.models import DecisionRole


def test_it_reads_what_was_typed():
    found = checked(
        {
            "name": " 王 芳 ",
            "phones": "+86 138-0013-8000, (021) 5555 1234 ext. 12",
            "email": "wang@云帆.example",
            "roles": "Decision maker; 支持者",
            "joined_on": "2024/3/1",
            "left_on": "2026-02-28",
        }
    )
    assert found.name == "王 芳"
    assert found.phones == ("+86 138-0013-8000", "(021) 5555 1234 ext. 12")
    assert found.roles == DecisionRole.DECISION_MAKER | DecisionRole.CHAMPION
    assert (found.joined_on, found.left_on) == (date(2024, 3, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("name", "", "needs a name"),
        ("name", "x" * 301, "At most 300"),
        ("phones", "call me", "“call me” is no telephone number"),
        ("phones", "12", "is no telephone number"),
        ("phones", "1" * 21, "is no telephone number"),
        ("phones", ", ".join("12345" for _ in range(6)), "At most 5"),
        ("email", "ada@", "“ada@” is no e-mail address"),
        ("roles", "champion, king", "“king” is no role. Roles are decision_maker, champion, user, blocker."),
        ("joined_on", "2026-02-30", "is no day"),
        ("left_on", "2020-01-01", "Nobody leaves before they join"),
        ("note", "x" * 10_001, "At most 10000"),
    ],
)
def test_it_says_what_is_wrong_with_which_field(field, text, says):
    with pytest.raises(BadContact) as refused:
        checked({"name": "Ada", "joined_on": "2024-01-01", field: text})
    assert list(refused.value.problems) == [field]
    assert says in refused.value.problems[field]


def test_it_names_every_problem_at_once():
    with pytest.raises(BadContact) as refused:
        checked({"email": "x", "phones": "y"})
    assert set(refused.value.problems) == {"name", "email", "phones"}


@pytest.mark.parametrize("other", ["13800138000", "+86 138 0013 8000", "0086-138-0013-8000 转 5"])
def test_it_knows_a_number_however_it_is_written(other):
    assert phone_key(other) == phone_key("138 0013 8000")


def test_it_is_found_by_a_number_without_its_spaces():
    text = search_text(checked({"name": "ＡDA", "phones": "+44 20 7946"}))
    assert "ada" in text
    assert "44207946" in text
