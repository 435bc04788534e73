"""Contacts from files."""

import pytest

from tenure.accounts.models import Account, Contact
from tests.imports.desk import counts, problems

FILE = """客户编号,姓名,手机,邮箱,职位,角色,入职日期,联系人编号
acme,王芳,138 0013 8000,wang@acme.example,CTO,"决策人, champion",2026/3/1,1
acme,Bob,,bob@acme.example,,user,,2
nowhere,Eve,,,,,,3
acme,,,,,,,4
acme,Dan,oops,,,king,,5
"""


@pytest.fixture
def acme(db):
    return Account.objects.create(external_id="acme", name="Acme")


def test_it_imports_contacts_by_chinese_columns_and_says_what_is_wrong(desk, acme):
    done = desk.bring("contacts", FILE)
    assert counts(done) == (2, 0, 0, 3)
    found = Contact.objects.order_by("external_id").values_list("name", "phones", "roles", "joined_on__month")
    assert list(found) == [("王芳", ["138 0013 8000"], 3, 3), ("Bob", [], 4, None)]
    assert [problem[:3] for problem in problems(done)] == [
        (4, "客户编号", "nowhere"),
        (5, "姓名", ""),
        (6, "手机", "oops"),
        (6, "角色", "king"),
    ]


def test_it_changes_nothing_the_second_time(desk, acme):
    desk.bring("contacts", FILE)
    assert counts(desk.bring("contacts", FILE)) == (0, 0, 2, 3)
    assert Contact.objects.count() == 2


def test_it_shows_what_would_change_and_takes_it_back(desk, acme):
    desk.bring("contacts", FILE)
    change = "account,name,email,title\nacme,Robert,BOB@acme.example,CEO\nacme,Ann,ann@acme.example,\n"
    done = desk.bring("contacts", change)
    assert counts(done) == (1, 1, 0, 0)
    assert done.checked["preview"][0]["changes"] == [
        ["Name", "Bob", "Robert"],
        ["E-mail", "bob@acme.example", "BOB@acme.example"],
        ["Title", "", "CEO"],
    ]
    Contact.objects.filter(name="Robert").update(title="CFO")
    desk.undo(done)
    found = Contact.objects.filter(removed_at=None).order_by("name").values_list("name", "title")
    assert list(found) == [("Bob", "CFO"), ("王芳", "CTO")]
