"""member add, member list, audit: who uses Tenure, and what was done."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.activity.reading import AuditQuery, find
from tenure.activity.telling import sentence
from tenure.cli.command import Command, Context, no_options, table
from tenure.cli.commands.running import ask_password
from tenure.lib.errors import TenureError
from tenure.people.invitations import add_member
from tenure.people.models import Department, Member, Role, Scope
from tenure.people.scope import scope_of
from tenure.people.second_factor import with_second_factor
from tenure.server import start


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("--name", default="")
    parser.add_argument("--role", choices=Role.values, default=Role.CSM.value)
    parser.add_argument("--department", help="name of a department, or a path like Success/East")
    parser.add_argument("--scope", choices=Scope.values, help="what they see; that of the role when left out")
    parser.add_argument("--language", default="", help="en or zh-hans; the browser's when left out")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read the password from standard input instead of asking"
    )


def _add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    department = _department(options["department"])
    password = ask_password(options)
    try:
        validate_email(options["email"])
        validate_password(password, Member(email=options["email"], name=options["name"]))
    except ValidationError as error:
        raise TenureError(" ".join(error.messages)) from error
    member = add_member(
        options["email"],
        name=options["name"],
        password=password,
        role=Role(options["role"]),
        department=department,
        scope=Scope(options["scope"]) if options["scope"] else None,
        language=options["language"],
    )
    return {"email": member.email, "role": member.role}


def _department(path: str | None) -> Department | None:
    if not path:
        return None
    found = Department.objects.filter(archived_at=None)
    for depth, name in enumerate(reversed(path.split("/"))):
        found = found.filter(**{"parent__" * depth + "name": name.strip()})
    if found.count() != 1:
        raise TenureError(f"There is {'more than one' if found.exists() else 'no'} department {path}.")
    return found.get()


def _list(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    return [
        {
            "email": each.email,
            "name": each.name,
            "role": each.role,
            "department": each.department.name if each.department else None,
            "scope": scope_of(each).value,
            "active": each.is_active,
            "second_factor": getattr(each, "has_second_factor", False),
            "last_seen_at": each.last_seen_at.isoformat(timespec="seconds") if each.last_seen_at else None,
        }
        for each in with_second_factor(Member.objects.select_related("department").order_by("email"))
    ]


def _audit_options(parser: ArgumentParser) -> None:
    parser.add_argument("--who", help="e-mail address of a member: what they did, and what was done to them")
    parser.add_argument("--verb", default="", help="like member.invited, or member for all of its kind")
    parser.add_argument("--account", help="of this account, by its external id")
    parser.add_argument("--from", dest="first", type=_iso_day, help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=_iso_day, help="last day, YYYY-MM-DD")
    parser.add_argument("--search", default="", help="part of a name or of what somebody wrote")
    parser.add_argument("--limit", type=int, default=100, help="how many, latest first")


def _audit(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    query = AuditQuery(
        zone=context.config.zone,
        who=_member(options["who"]),
        verb=options["verb"],
        accounts=_accounts(options["account"]),
        first=_day(options["first"]),
        last=_day(options["last"]),
        search=options["search"],
    )
    return [_told(each) for each in find(query).prefetch_related("accounts__account")[: max(0, options["limit"])]]


def _told(activity: Activity) -> dict[str, Any]:
    concerned = list(activity.accounts.all())
    return {
        "id": activity.pk,
        "recorded_at": activity.recorded_at.isoformat(timespec="seconds"),
        "at": activity.at.isoformat(timespec="seconds"),
        "verb": activity.verb,
        "by": activity.by,
        "says": sentence(activity, concerned[0].detail if len(concerned) == 1 else None),
        "subject": {"kind": activity.subject_kind, "id": activity.subject_id, "name": activity.subject_name},
        "accounts": [row.account.external_id for row in concerned],
        "detail": activity.detail,
        "text": activity.text,
        "address": activity.address,
    }


def _show_audit(found: list[dict[str, Any]]) -> str:
    names = ("recorded_at", "verb", "says", "address")
    return table([{name: each[name] for name in names} for each in found])


def _member(email: str | None) -> int | None:
    if email is None:
        return None
    member = Member.objects.filter(email=email.lower()).first()
    if member is None:
        raise TenureError(f"Nobody signs in as {email}.")
    return member.pk


def _accounts(external_id: str | None) -> list[int] | None:
    if external_id is None:
        return None
    return list(Account.objects.filter(external_id=external_id).values_list("pk", flat=True))


def _iso_day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


COMMANDS = (
    Command(
        "member add",
        "Make a member who can sign in.",
        _add_options,
        _add,
        lambda made: f"{made['email']} can sign in as {made['role']}.",
        where="here",
    ),
    Command("member list", "List the members.", no_options, _list, table, where="here", reads=True),
    Command(
        "audit",
        "What was done, by whom, latest first.",
        _audit_options,
        _audit,
        _show_audit,
        where="here",
        reads=True,
    ),
)
