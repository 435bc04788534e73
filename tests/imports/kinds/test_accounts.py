"""Customers from files."""

import pytest

from tenure.accounts.models import Account, Card, Fact, Field
from tenure.events.inbox import current
from tenure.imports.columns import BadMapping
from tests.imports.desk import counts, problems

FILE = """account_id,客户名称,行业,Seats bought,Pays on time,Delivered on,Company size,color
acme,Acme Ltd,教育,"1,200",是,2026/3/1,50–199 people,red
bolt,Bolt,互联网,3万,no,2026年3月2日,1-49,
"""


def test_it_imports_customers_with_the_fields_of_their_cards(desk):
    done = desk.bring("accounts", FILE)
    assert counts(done) == (2, 0, 0, 0)
    acme = Account.objects.get(external_id="acme")
    assert acme.traits == {
        "name": "Acme Ltd",
        "industry": "教育",
        "seats": 1200,
        "pays_on_time": True,
        "delivered_on": "2026-03-01",
        "company_size": "50-199",
        "color": "red",
    }
    assert (acme.name, acme.first_day) == ("Acme Ltd", done.valid_from.date())
    assert Account.objects.get(external_id="bolt").traits["seats"] == 30_000
    assert set(Fact.objects.values_list("source", "actor")) == {(done.source, desk.actor.pk)}


def test_it_changes_nothing_the_second_time(desk):
    desk.bring("accounts", FILE)
    facts = Fact.objects.count()
    assert counts(desk.bring("accounts", FILE)) == (0, 0, 2, 0)
    assert Fact.objects.count() == facts


def test_it_brings_known_customers_up_to_date_and_leaves_alone_what_is_empty(desk):
    desk.bring("accounts", FILE)
    checked = desk.check("accounts", "account_id,industry,seats\nacme,,1300\nbolt,互联网,\n")
    assert (checked.checked["changed"], checked.checked["same"]) == (1, 1)
    assert checked.checked["preview"] == [
        {"line": 2, "state": "changed", "about": "Acme Ltd", "changes": [["Seats bought", "1,200", "1,300"]]}
    ]
    desk.bring("accounts", "account_id,industry,seats\nacme,,1300\nbolt,互联网,\n")
    assert Account.objects.get(external_id="acme").traits["industry"] == "教育"


def test_it_refuses_cells_that_are_no_value_of_their_field_and_says_which(desk):
    bad = "account,seats,pays_on_time,delivered_on,website\nacme,many,perhaps,2026-02-30,no where\n,1,,,\nbolt,1,,,\ncyan,1,yes,2026-03-01,cyan.example\n"
    done = desk.bring("accounts", bad)
    assert counts(done) == (2, 0, 0, 2)
    assert [problem[:3] for problem in problems(done)] == [
        (2, "seats", "many"),
        (2, "pays_on_time", "perhaps"),
        (2, "delivered_on", "2026-02-30"),
        (2, "website", "no where"),
        (3, "account", ""),
    ]
    assert problems(done)[2][3] == "There is no day “2026-02-30” in the calendar."


def test_it_knows_since_when_when_a_column_says_so(desk):
    history = "account,plan,valid_from\nacme,free,2026-01-01\nacme,pro,2026-03-01\n"
    assert counts(desk.bring("accounts", history)) == (1, 1, 0, 0)
    found = Fact.objects.order_by("valid_from").values_list("value", "valid_from__month")
    assert list(found) == [("free", 1), ("pro", 3)]
    assert counts(desk.bring("accounts", history)) == (0, 0, 2, 0)


def test_it_refuses_lines_that_contradict_each_other_and_takes_repetitions_once(desk):
    done = desk.bring("accounts", "account,plan\nacme,free\nbolt,pro\nacme,pro\nbolt,pro\n")
    assert counts(done) == (1, 0, 1, 2)
    assert [problem[0] for problem in problems(done)] == [2, 4]
    assert list(Account.objects.values_list("external_id", flat=True)) == ["bolt"]


def test_it_leaves_fields_of_other_systems_to_them(desk):
    Field.objects.create(key="crm", name="CRM", card=Card.objects.first(), synced_from="the CRM")
    assert counts(desk.bring("accounts", "account,crm,color\nacme,1,red\n")) == (1, 0, 0, 0)
    assert Account.objects.get().traits == {"color": "red"}
    with pytest.raises(BadMapping, match="CRM comes from the CRM: change it there"):
        desk.check("accounts", "account,crm\nacme,1\n", fields={"account": "account", "crm": "crm"})


def test_it_keeps_a_column_that_only_shares_a_fields_name_as_an_attribute_of_its_own(desk):
    assert counts(desk.bring("accounts", "account,channel\nacme,baidu\nbolt,referral\n")) == (2, 0, 0, 0)
    assert Account.objects.get(external_id="acme").traits == {"channel (file)": "baidu"}


@pytest.mark.parametrize("again", [False, True])
def test_it_takes_back_what_it_brought_but_what_was_changed_since(desk, house, again):
    current.use(house.inbox)
    desk.bring("accounts", "account,industry,seats\nacme,教育,5\n")
    second = desk.bring("accounts", "account,industry,seats,color\nacme,零售,6,red\n")
    if again:
        desk.bring("accounts", "account,seats\nacme,7\n")
    assert desk.undo(second).state == "undone"
    current.use(None)
    assert Account.objects.get().traits == {"industry": "教育", "seats": 7 if again else 5}
