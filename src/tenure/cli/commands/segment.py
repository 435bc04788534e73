"""segment: which accounts a condition means on a day or on each day of a span, and why."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from tenure.accounts.models import Account
from tenure.cli.command import Command, Context, table, text_or_file
from tenure.cli.commands.reading import account_id
from tenure.core.conditions.document import from_document
from tenure.core.conditions.tree import Node
from tenure.core.document import BadDocument
from tenure.lib.errors import TenureError
from tenure.segments.asking import Asking
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.comparison_words import comparison_words
from tenure.segments.explaining import as_json
from tenure.segments.sentence import sentence
from tenure.warehouse.current import store


class BadCondition(TenureError):
    """The condition, or the days, cannot be used; the message says where and why."""


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("condition", nargs="?", help="a condition as JSON (docs/conditions.md)", type=text_or_file)
    parser.add_argument("--day", type=_iso_day, help="YYYY-MM-DD; the latest day with numbers when left out")
    parser.add_argument("--to", type=_iso_day, help="last day of a span that begins with --day: the sets of each day")
    parser.add_argument("--counts", action="store_true", help="of a span only how many, for each day")
    parser.add_argument("--explain", metavar="ACCOUNT", help="why this account, by its external id, is meant or not")
    parser.add_argument("--fields", action="store_true", help="list what conditions can ask about")


def _segment(options: Mapping[str, Any], context: Context) -> Any:
    catalogue = read_catalogue()
    if options["fields"]:
        return {"fields": [_field(key, catalogue) for key in catalogue.entries]}
    node = condition_of(options["condition"] or "", catalogue)
    first, last = _days(options)
    asking = Asking(store(), context.config.zone, catalogue.fields)
    found: dict[str, Any] = {"condition": sentence(node, catalogue), "day": str(first)}
    if options["explain"]:
        explained = asking.explain(node, account_id(options["explain"]), first)
        return {**found, "account": options["explain"], "explanation": as_json(explained, catalogue)}
    if not options["to"]:
        return {**found, **_set(asking.on(node, first), _names())}
    found["to"] = str(last)
    if options["counts"]:
        counts = asking.counts(node, first, last)
        return {**found, "days": {str(day): {"count": count} for day, count in counts.items()}}
    names = _names()
    return {**found, "days": {str(day): _set(ids, names) for day, ids in asking.over(node, first, last).items()}}


def condition_of(text: str, catalogue: Catalogue) -> Node:
    """The condition a JSON text says; raises BadCondition."""
    try:
        return from_document(json.loads(text), catalogue.fields)
    except json.JSONDecodeError as error:
        raise BadCondition(f"The condition is no JSON: {error}. See docs/conditions.md.") from None
    except BadDocument as error:
        raise BadCondition(str(error)) from None


def _field(key: str, catalogue: Catalogue) -> dict[str, Any]:
    entry = catalogue.entries[key]
    return {
        "field": key,
        "name": entry.name,
        "type": entry.field.type.value,
        "comparisons": " ".join(comparison for comparison, _ in comparison_words(entry.field.type)),
        "options": ", ".join(value for value, _ in entry.options),
    }


def _days(options: Mapping[str, Any]) -> tuple[date, date]:
    closed = store().closed_days()
    if closed is None:
        raise BadCondition("No day has numbers yet.")
    first = date.fromisoformat(options["day"]) if options["day"] else closed[1]
    last = date.fromisoformat(options["to"]) if options["to"] else first
    if last < first:
        raise BadCondition("--to is before --day. Give the earlier day first.")
    return first, last


def _names() -> dict[int, str]:
    return dict(Account.objects.values_list("id", "external_id"))


def _set(ids: frozenset[int], names: Mapping[int, str]) -> dict[str, Any]:
    return {"count": len(ids), "accounts": sorted(names[each] for each in ids)}


def _show(found: dict[str, Any]) -> str:
    if "fields" in found:
        return table(found["fields"])
    lines = [f"{found['condition']}  {found['day']}{' – ' + found['to'] if 'to' in found else ''}"]
    if "explanation" in found:
        return "\n".join([*lines, *_show_explanation(found["explanation"], 0)])
    if "days" in found:
        return "\n".join([*lines, *(f"{day}  {each['count']}" for day, each in found["days"].items())])
    return "\n".join([*lines, *found["accounts"], f"{found['count']} accounts"])


def _show_explanation(part: Mapping[str, Any], depth: int) -> list[str]:
    because = f": {part['because']}" if part["because"] else ""
    line = f"{'  ' * depth}{'✓' if part['holds'] else '✗'} {part['says']}{because}"
    return [line, *(each for below in part.get("parts", ()) for each in _show_explanation(below, depth + 1))]


def _iso_day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


COMMANDS = (Command("segment", "Which accounts a condition means, and why.", _options, _segment, _show, reads=True),)
