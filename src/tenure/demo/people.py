"""The fictional vendor's own people: departments, and members of every role, with names in both languages."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tenure.lib import clock
from tenure.people.departments import add_department
from tenure.people.invitations import accept, invite
from tenure.people.members import deactivate
from tenure.people.models import Department, Invitation, Member, Role, Scope

_SUCCESS, _EAST, _SOUTH, _SMB = "Customer Success", "Enterprise East", "Enterprise South", "SMB"
_SALES, _SUPPORT, _DATA = "Sales", "Support", "Data"
#: Each with the department it stands below.
DEPARTMENTS: Final = {
    _SUCCESS: None,
    _EAST: _SUCCESS,
    _SOUTH: _SUCCESS,
    _SMB: _SUCCESS,
    _SALES: None,
    _SUPPORT: None,
    _DATA: None,
}
DOMAIN: Final = "tenure.example"
_BEGAN, _LEFT = 760, 170  # days before the last day


@dataclass(frozen=True)
class Colleague:
    """Somebody who joined `ago` days before the last day, and left `left` days before it."""

    mailbox: str
    name: str
    role: Role
    department: str
    language: str
    ago: int
    left: int | None = None
    scope: Scope | None = None


COLLEAGUES: Final = (
    Colleague("priya.nair", "Priya Nair", Role.ADMIN, _DATA, "en", 755),
    Colleague("shen.yue", "沈悦", Role.LEADER, _SUCCESS, "zh-hans", 750),
    Colleague("daniel.weber", "Daniel Weber", Role.LEADER, _EAST, "en", 745),
    Colleague("claire.dubois", "Claire Dubois", Role.LEADER, _SALES, "en", 744, scope=Scope.ALL),
    Colleague("lin.xiaotong", "林晓彤", Role.CSM, _EAST, "zh-hans", 742),
    Colleague("oliver.grant", "Oliver Grant", Role.CSM, _EAST, "en", 740),
    Colleague("marcus.bell", "Marcus Bell", Role.CSM, _SOUTH, "en", 738, left=_LEFT),
    Colleague("sofia.marin", "Sofia Marin", Role.CSM, _SOUTH, "en", 736),
    Colleague("chen.haoran", "陈浩然", Role.CSM, _SOUTH, "zh-hans", 735),
    Colleague("hannah.lee", "Hannah Lee", Role.CSM, _SMB, "en", 734),
    Colleague("zhou.zixuan", "周子轩", Role.CSM, _SMB, "zh-hans", 733),
    Colleague("tom.becker", "Tom Becker", Role.CONTRIBUTOR, _SALES, "en", 740),
    Colleague("zhao.min", "赵敏", Role.CONTRIBUTOR, _SALES, "zh-hans", 739),
    Colleague("wu.di", "吴迪", Role.CONTRIBUTOR, _SUPPORT, "zh-hans", 732),
    Colleague("aisha.khan", "Aisha Khan", Role.CONTRIBUTOR, _SUPPORT, "en", 400),
    Colleague("jonas.lind", "Jonas Lind", Role.CONTRIBUTOR, _DATA, "en", 731),
    Colleague("he.jing", "何静", Role.VIEWER, "", "zh-hans", 300),
)


def hire(owner: Member, last_day: date, zone: ZoneInfo, password: str) -> None:
    """Makes the departments and the members, who all have this password; those there already stay as they are."""
    kept = make_password(password)  # once: it is slow on purpose
    with transaction.atomic():
        with _on(last_day - timedelta(days=_BEGAN), zone):
            departments = _departments(owner)
        for each in COLLEAGUES:
            if not Member.objects.filter(email=_address(each)).exists():
                _join(each, owner, departments, last_day, zone, kept)
        newcomer = f"nora.quist@{DOMAIN}"
        if not Invitation.objects.filter(email=newcomer).exists():
            invite(newcomer, name="Nora Quist", role=Role.CSM, department=departments[_SMB], actor=owner, language="en")


def _departments(owner: Member) -> dict[str, Department]:
    made = {each.name: each for each in Department.objects.filter(archived_at=None)}
    for name, above in DEPARTMENTS.items():
        if name not in made:
            made[name] = add_department(name, made[above] if above else None, owner)
    return made


def _join(
    each: Colleague, owner: Member, departments: dict[str, Department], last_day: date, zone: ZoneInfo, password: str
) -> None:
    joined = last_day - timedelta(days=each.ago)
    with _on(joined, zone):
        invitation = invite(
            _address(each),
            name=each.name,
            role=each.role,
            department=departments.get(each.department),
            scope=each.scope,
            language=each.language,
            actor=owner,
        )
        member = accept(invitation, name=each.name, password=None, language=each.language)
        rng = Random(f"people/{each.mailbox}")  # noqa: S311  (seeded: the demo is always the same)
        seen = _at(last_day - timedelta(days=each.left or 0), zone) + timedelta(minutes=rng.randrange(480))
        Member.objects.filter(pk=member.pk).update(password=password, joined_at=clock.now(), last_seen_at=seen)
    if each.left is not None:
        with _on(last_day - timedelta(days=each.left), zone):
            deactivate(member, owner)


def _address(each: Colleague) -> str:
    return f"{each.mailbox}@{DOMAIN}"


def _at(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(9), zone)


def _on(day: date, zone: ZoneInfo) -> AbstractContextManager[None]:
    return clock.set_to(_at(day, zone))
