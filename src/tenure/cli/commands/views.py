"""view list, add, delete: saved views of the customers list."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from django.db.models import QuerySet

from tenure.cli.acting import acting_as, acts_as, seen_by, sees_as
from tenure.cli.command import Command, Context, table
from tenure.cli.commands.reading import NoSuch
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.segments.access import Of, changeable_views, views_for
from tenure.segments.models import Sharing, View
from tenure.segments.views.saving import KEPT, archive_view, save_view


def one_called(seen: QuerySet[Of], text: str, what: str) -> Of:
    """The one of this name or, else, number; raises NoSuch."""
    found = list(seen.filter(name=text)) or (list(seen.filter(pk=int(text))) if text.isdecimal() else [])
    if len(found) != 1:
        said = "more than one has this name: give its number" if found else "the member sees none of this name"
        raise NoSuch(f"There is no {what} {text!r}: {said}.")
    return found[0]


def views_in_use(member: Member) -> QuerySet[View]:
    """Those the member sees."""
    return views_for(member).filter(archived_at=None)


def _list(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    return [
        {
            "id": view.pk,
            "name": view.name,
            "owner": view.owner.email if view.owner else None,
            "sharing": view.sharing,
            "query": view.query,
        }
        for view in views_in_use(seen_by(options["email"])).order_by("name", "pk")
    ]


def _show_list(found: list[dict[str, Any]]) -> str:
    return table([{**each, "query": " ".join(f"{a}={b}" for a, b in sorted(each["query"].items()))} for each in found])


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("name")
    parser.add_argument(
        "query",
        type=_query,
        help="what stands behind the list's address: 'state=at-risk&sort=-score&columns=name,score'",
    )
    parser.add_argument("--sharing", choices=Sharing.values, default=Sharing.PRIVATE.value, help="who sees it")
    acts_as(parser)


def _query(text: str) -> dict[str, list[str]]:
    parts = parse_qs(text.partition("?")[2] or text)
    if unknown := sorted(parts.keys() - set(KEPT)):
        raise ArgumentTypeError(f"a view keeps no {unknown[0]!r}; it keeps {', '.join(KEPT)}")
    return parts


def _add(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    member = acting_as(options["email"], Permission.SAVE_SEGMENTS)
    view = save_view(options["name"], options["query"], Sharing(options["sharing"]), actor=member)
    return {"id": view.pk, "name": view.name}


def _delete_options(parser: ArgumentParser) -> None:
    parser.add_argument("view", help="its name or its number")
    acts_as(parser)


def _delete(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    member = acting_as(options["email"], Permission.SAVE_SEGMENTS)
    changeable = changeable_views(member).filter(archived_at=None)
    view = one_called(changeable, options["view"], "view")
    archive_view(view, actor=member)
    return {"id": view.pk, "name": view.name}


COMMANDS = (
    Command("view list", "Saved views of the customers list.", sees_as, _list, _show_list, reads=True),
    Command(
        "view add", "Save a view.", _add_options, _add, lambda made: f"{made['name']} is saved, number {made['id']}."
    ),
    Command(
        "view delete", "Delete a saved view.", _delete_options, _delete, lambda done: f"{done['name']} is deleted."
    ),
)
