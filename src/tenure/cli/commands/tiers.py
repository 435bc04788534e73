"""tier list, rule, set, stop: tiers, and the rule that puts customers into them."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from typing import Any

from tenure.cli.acting import acting_as, acts_as, seen_by, sees_as
from tenure.cli.command import Command, Context, no_options, table
from tenure.core.tiers import Cut, Step
from tenure.lib import clock
from tenure.people.permissions import Permission
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.holding import count_by_value
from tenure.segments.models import TierRule
from tenure.segments.tiers.rule import (
    FIELD,
    BadRule,
    Draft,
    change_rule,
    check_draft,
    rule_in_use,
    stop_rule,
    tier_field,
    tiers_of,
)
from tenure.segments.tiers.setting import outcomes, place
from tenure.ui.page import latest_day
from tenure.warehouse.current import store


def _list(options: Mapping[str, Any], context: Context) -> list[dict[str, Any]]:
    field, counts = tier_field(), count_by_value(FIELD, seen_by(options["email"]))
    return [{"tier": tier, "customers": counts[tier]} for tier in (tiers_of(field) if field else ())]


def _rule(options: Mapping[str, Any], context: Context) -> dict[str, Any] | None:
    rule = rule_in_use()
    return _told(rule) if rule else None


def _told(rule: TierRule) -> dict[str, Any]:
    made_at = rule.made_at.isoformat(timespec="seconds")
    return {"version": rule.version, "by": rule.by, "cut": rule.cut, "steps": rule.steps, "made_at": made_at}


def _show_rule(rule: dict[str, Any] | None) -> str:
    if rule is None:
        return "No rule is in use."
    steps = ", ".join(f"{step['tier']}: {step['at']:g}" for step in rule["steps"])
    return f"version {rule['version']}: by {rule['by']}, {rule['cut']} ({steps})"


def _set_options(parser: ArgumentParser) -> None:
    parser.add_argument("--by", required=True, help="the number that decides: `tenure segment --fields` lists them")
    parser.add_argument("--cut", choices=[each.value for each in Cut], default=Cut.SHARE.value)
    parser.add_argument(
        "--at",
        type=_step,
        action="append",
        required=True,
        metavar="TIER=NUMBER",
        help="where a tier ends: its share of the customers, such as A=0.2, or its smallest amount; best first",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say how many customers each tier would have")
    acts_as(parser)


def _step(text: str) -> tuple[str, float]:
    tier, _equals, number = text.rpartition("=")
    try:
        return tier, float(number)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not TIER=NUMBER") from None


def _set(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    member, catalogue = acting_as(options["email"], Permission.MANAGE_FIELDS), read_catalogue()
    draft = Draft(options["by"], Cut(options["cut"]), [Step(tier, at) for tier, at in options["at"]])
    if not options["dry_run"]:
        return {"rule": _told(change_rule(draft, catalogue, actor=member))}
    field = tier_field()
    if field is None:
        raise BadRule("No profile card has the field “tier” as a choice that is written here.")
    check_draft(draft, catalogue, field)
    asking = Asking(store(), context.config.zone, catalogue.fields)
    placed = place(draft, field, asking, latest_day(), clock.now())
    tiers = [{"tier": each.tier, "customers": each.count, "from": each.smallest} for each in outcomes(placed, field)]
    return {"tiers": tiers, "unknown": placed.unknown, "owned": len(placed.owned)}


def _show_set(done: dict[str, Any]) -> str:
    if "rule" in done:
        return _show_rule(done["rule"])
    kept = f"{done['unknown']:,} have no such number; {done['owned']:,} tiers are people's or other systems' and stay"
    return f"{table(done['tiers'])}\n{kept}"


def _stop(options: Mapping[str, Any], context: Context) -> dict[str, Any]:
    stop_rule(actor=acting_as(options["email"], Permission.MANAGE_FIELDS))
    return {}


COMMANDS = (
    Command("tier list", "Tiers, and how many customers are in each.", sees_as, _list, table, reads=True),
    Command("tier rule", "The rule that puts customers into tiers.", no_options, _rule, _show_rule, reads=True),
    Command("tier set", "Change the rule for tiers, or try one.", _set_options, _set, _show_set, reads=True),
    Command("tier stop", "Switch the rule for tiers off.", acts_as, _stop, lambda done: "Tiers stay as they are."),
)
