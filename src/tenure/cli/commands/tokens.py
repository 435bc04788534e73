"""token add, token list, token revoke: how programs act as a member."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

from tenure.cli.command import Command, Context, no_options, table
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Access, ApiToken, Area, Member
from tenure.people.tokens import make_token, revoke_token
from tenure.server import start

_EVERY = "all"


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("name", help="what it is for, like 'CRM sync'")
    parser.add_argument("--member", required=True, help="e-mail address of the member it acts as")
    areas = ", ".join(Area.values)
    parser.add_argument(
        "--scope",
        action="append",
        required=True,
        metavar="AREA:ACCESS",
        help=f"all:read, or an area and read or write; areas are {areas}; once for each",
    )
    parser.add_argument("--days", type=int, default=90, help="how long it works; 0: until it is revoked")


def _add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    start.prepare(context.config)
    member = Member.objects.filter(email=options["member"].lower()).first()
    if member is None:
        raise TenureError(f"Nobody signs in as {options['member']}.")
    scopes = _scopes(options["scope"])
    token, secret = make_token(member, options["name"], scopes, days=options["days"] or None, actor=None)
    return {"name": token.name, "member": member.email, "token": secret}


def _scopes(texts: Sequence[str]) -> dict[Area, Access]:
    scopes: dict[Area, Access] = {}
    for text in texts:
        area, _colon, access = text.partition(":")
        if access not in Access.values or area not in {_EVERY, *Area.values}:
            areas = ", ".join((_EVERY, *Area.values))
            raise TenureError(f"{text!r} is no scope: write AREA:read or AREA:write with one of {areas}.")
        for each in Area if area == _EVERY else [Area(area)]:
            scopes[each] = Access(access)
    return scopes


def _list(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {
            "prefix": token.prefix,
            "name": token.name,
            "member": token.member.email,
            "state": token.state(now).value,
            "scopes": token.scopes,
            "expires_at": _second(token.expires_at),
            "last_used_at": _second(token.last_used_at),
        }
        for token in ApiToken.objects.select_related("member").order_by("member__email", "name", "pk")
    ]


def _show_list(found: list[dict[str, Any]]) -> str:
    return table([{**each, "scopes": " ".join(f"{a}:{b}" for a, b in each["scopes"].items())} for each in found])


def _revoke_options(parser: ArgumentParser) -> None:
    parser.add_argument("prefix", help="the part of the token between its underscores, as `token list` shows it")


def _revoke(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    token = ApiToken.objects.select_related("member").filter(prefix=options["prefix"]).first()
    if token is None:
        raise TenureError(f"There is no token {options['prefix']}; `tenure token list` shows those there are.")
    revoke_token(token, None)
    return {"name": token.name, "member": token.member.email}


def _second(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


COMMANDS = (
    Command(
        "token add",
        "Make an API token that acts as a member; it is shown this once.",
        _add_options,
        _add,
        lambda made: str(made["token"]),
        where="here",
        reads=True,
    ),
    Command("token list", "List the API tokens.", no_options, _list, _show_list, where="here", reads=True),
    Command(
        "token revoke",
        "Make an API token worthless.",
        _revoke_options,
        _revoke,
        lambda made: f"{made['name']} of {made['member']} is revoked.",
        where="here",
    ),
)
