"""Files taken back with the customers that they brought, but for those that something else names."""

from datetime import date

import pyarrow as pa
import pytest

from tenure.accounts.adding import add_account
from tenure.accounts.assignments.new_accounts import assign_new_accounts, set_rule
from tenure.accounts.leaving.going import Fate, fate_of, foresee
from tenure.accounts.leaving.traces import Why
from tenure.accounts.models import Account, AssignmentRole, Contact, Fact, Way
from tenure.events.inbox import current
from tenure.lib import clock
from tenure.segments.models import Membership, Segment
from tests.imports.desk import counts

FILE = "account_id,name,plan\nacme,Acme,pro\nbolt,Bolt,pro\ncorp,Corp,free\ndune,Dune,free\n"
DAY = date(2026, 3, 1)


@pytest.fixture
def loaded(house):
    current.use(house.inbox)
    yield house
    current.use(None)


def there():
    return sorted(Account.objects.values_list("external_id", flat=True))


def fates(file_import):
    fate = fate_of(str(file_import.pk))
    return fate.go, dict(fate.stay), fate.waiting


def undone(desk, loaded, file_import):
    desk.undo(file_import)
    loaded.loader.load_all()
    assert loaded.store.listed_accounts() == set(Account.objects.values_list("pk", flat=True))
    assert loaded.store.check() == []
    return fates(file_import)


def test_it_takes_back_customers_whom_nothing_else_names(desk, loaded):
    wrong = desk.bring("accounts", FILE)
    loaded.send({"event": "open", "time": "2026-03-02T10:00:00Z", "user": "ada", "account": "bolt"})
    now = clock.now()
    Contact.objects.create(
        account=Account.objects.get(external_id="corp"), name="Cy", created_at=now, changed_at=now, removed_at=None
    )
    assert foresee(str(wrong.pk)) == Fate(2, {Why.EVENTS: 1, Why.RECORDS: 1})
    assert undone(desk, loaded, wrong) == (2, {Why.EVENTS: 1, Why.RECORDS: 1}, 0)
    assert there() == ["bolt", "corp"]
    assert list(Account.objects.values_list("name", "traits").distinct()) == [("", {})]
    assert set(Fact.objects.values_list("account__external_id", flat=True)) == {"bolt", "corp"}

    again = desk.bring("accounts", FILE)
    assert counts(again) == (2, 2, 0, 0)
    assert there() == ["acme", "bolt", "corp", "dune"]
    assert undone(desk, loaded, again)[0] == 2


@pytest.mark.parametrize("kind", ["users", "events"])
def test_it_takes_back_those_that_files_of_other_kinds_name(desk, loaded, kind):
    files = {
        "users": "user_id,company_id\nada,acme\nbob,bolt\ncy,\n",
        "events": "event,time,user_id,account_id\nopen,2026-03-01 10:00,ada,acme\nopen,2026-03-01 11:00,bob,bolt\n",
    }
    wrong = desk.bring(kind, files[kind])
    loaded.loader.load_all()
    assert there() == ["acme", "bolt"]
    loaded.send({"type": "group", "account": "bolt", "time": "2026-03-02T10:00:00Z"})
    assert foresee(str(wrong.pk)) == Fate(1, {Why.EVENTS: 1})
    acme = Account.objects.get(external_id="acme").pk
    assert undone(desk, loaded, wrong) == (1, {Why.EVENTS: 1}, 0)
    assert there() == ["bolt"]
    loaded.send({"event": "save", "time": "2026-03-03T10:00:00Z", "account": "acme"})
    assert loaded.events()[-1] == ("save", "acme", "") and Account.objects.get(external_id="acme").pk > acme


def test_it_keeps_what_another_file_names_until_that_is_undone_too(desk, loaded):
    first, second = desk.bring("accounts", FILE), desk.bring("accounts", FILE)
    third = desk.bring("events", "event,time,account_id\nopen,2026-03-01 10:00,acme\n")
    assert counts(second) == (0, 0, 4, 0)
    assert undone(desk, loaded, first) == (0, {Why.FILES: 4}, 0)
    assert undone(desk, loaded, second) == (3, {Why.FILES: 1}, 0)
    assert there() == ["acme"]
    assert undone(desk, loaded, third) == (1, {}, 0)


def test_it_takes_what_came_of_itself_along(desk, loaded):
    set_rule(AssignmentRole.objects.first(), Way.ROUND_ROBIN, [desk.actor], desk.actor)
    wrong = desk.bring("accounts", FILE)
    assign_new_accounts(None)
    now = clock.now()
    segment = Segment.objects.create(name="All", condition={}, created_at=now, changed_at=now)
    keys = list(Account.objects.order_by("external_id").values_list("pk", flat=True))
    Membership.objects.create(segment=segment, account_id=keys[0], entered_at=now)
    rows = pa.table({"account_id": pa.array(keys, pa.uint32()), "health_score": pa.array([1.0] * 4)})
    loaded.store.write_day(DAY, rows, known=True)
    removed = desk.bring("contacts", "account_id,name\nacme,Cy\nbolt,Di\n")
    desk.undo(removed)
    assert undone(desk, loaded, wrong) == (4, {}, 0)
    assert (there(), loaded.store.day_values(DAY, []), loaded.store.day_values(DAY, [], known=True)) == ([], [], [])

    loaded.store.write_day(DAY, rows)  # as a warehouse of before has it
    loaded.restart()
    loaded.loader.load_all()
    assert loaded.store.listed_accounts() == set()


def test_it_is_a_fresh_customer_that_is_named_after_the_undoing_and_the_same_one_before(desk, loaded):
    wrong = desk.bring("accounts", FILE)
    keys = dict(Account.objects.values_list("external_id", "pk"))
    loaded.put({"event": "open", "time": "2026-03-02T10:00:00Z", "account": "acme"})
    desk.undo(wrong)
    loaded.put({"event": "open", "time": "2026-03-02T10:00:00Z", "account": "bolt"})
    loaded.loader.load_all()
    now = dict(Account.objects.values_list("external_id", "pk"))
    assert now.keys() == {"acme", "bolt"} and now["acme"] == keys["acme"] and now["bolt"] > keys["bolt"]
    assert {account for _event, account, _user in loaded.events()} == {"acme", "bolt"}
    assert add_account("corp", "Corp", {}, actor=desk.actor).pk not in keys.values()
    assert fates(wrong) == (3, {Why.EVENTS: 1}, 0)
