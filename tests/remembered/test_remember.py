import pytest
from django.db import connection, transaction

from tenure.accounts.models import AssignmentRole
from tenure.lib.once import asking_once
from tenure.people.models import Department, Member, Role
from tenure.people.scope import colleagues
from tenure.remembered.models import Stamp
from tenure.remembered.remember import remembered
from tenure.remembered.triggers import WATCHED, install


class Asked(list):
    """A look-up of the roles' keys, and how often it ran."""

    def __init__(self):
        super().__init__()
        self.look_up = remembered(self._look_up)

    def _look_up(self):
        self.append("")
        return list(AssignmentRole.objects.order_by("pk").values_list("key", flat=True))

    def request(self):
        with asking_once():
            return self.look_up()


@pytest.fixture
def asked(db):
    return Asked()


def test_it_runs_once_for_many_requests(asked):
    before = asked.request()
    assert (asked.request(), asked.request(), len(asked)) == (before, before, 1)


@pytest.mark.parametrize(
    "write",
    [
        lambda: AssignmentRole.objects.create(key="x", name="X"),
        lambda: AssignmentRole.objects.bulk_create([AssignmentRole(key="x", name="X")]),
        lambda: AssignmentRole.objects.update(key="x"),
        lambda: AssignmentRole.objects.all().delete(),
        lambda: connection.cursor().execute("update accounts_assignmentrole set key = 'x'"),
    ],
)
def test_it_runs_again_after_any_write_whoever_writes(asked, write):
    AssignmentRole.objects.all().delete()
    AssignmentRole.objects.create(key="csm", name="CSM")
    assert asked.request() == ["csm"]
    write()
    with asking_once():
        assert asked.look_up() == list(AssignmentRole.objects.order_by("pk").values_list("key", flat=True)) != ["csm"]


def test_what_was_read_before_a_rollback_does_not_stay(asked):
    before = asked.request()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        AssignmentRole.objects.create(key="x", name="X")
        assert "x" in asked.request()
        raise ZeroDivisionError
    assert asked.request() == before
    with transaction.atomic():
        AssignmentRole.objects.create(key="y", name="Y")
    assert asked.request() == [*before, "y"]


def test_it_always_runs_where_something_may_be_written(asked):
    asked.look_up()
    asked.look_up()
    assert len(asked) == 2


def test_it_always_runs_without_a_stamp(asked):
    Stamp.objects.all().delete()
    asked.request()
    asked.request()
    assert len(asked) == 2


def test_it_follows_a_member_who_moves(db):
    east, west = (Department.objects.create(name=name) for name in ("East", "West"))
    leader = Member.objects.create_user("leader@example.com", role=Role.LEADER, department=east)
    csm = Member.objects.create_user("csm@example.com", role=Role.CSM, department=west)

    def team():
        with asking_once():
            return colleagues(leader)

    assert team() == {leader.pk}
    Member.objects.filter(pk=csm.pk).update(department=east)
    assert team() == {leader.pk, csm.pk}
    stamp = Stamp.objects.get().value
    Member.objects.filter(pk=csm.pk).update(last_login=None)
    assert Stamp.objects.get().value == stamp


def test_every_watched_table_has_its_triggers(db):
    install("default")  # once more: nothing breaks
    for table in WATCHED:
        with connection.cursor() as cursor:
            cursor.execute(TRIGGERS[connection.vendor], [table])
            assert cursor.fetchone()[0] == (1 if connection.vendor == "postgresql" else len(WATCHED[table])), table


TRIGGERS = {
    "postgresql": "select count(*) from pg_trigger where tgrelid = %s::regclass and not tgisinternal",
    "sqlite": "select count(*) from sqlite_master where type = 'trigger' and tbl_name = %s",
}
