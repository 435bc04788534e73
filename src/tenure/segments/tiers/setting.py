"""Putting customers into tiers by the rule, without touching a tier that a person or another system wrote."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.accounts.as_of import counting
from tenure.accounts.fact_book import read_book
from tenure.accounts.fields.editing import BY_RULE, value_at, write_changes
from tenure.accounts.fields.telling import WORDS, Change, in_use, told
from tenure.accounts.leaving.staying import there
from tenure.accounts.models import Field
from tenure.accounts.runs import Origin, decide
from tenure.accounts.values import canonical
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.conditions.tree import EVERYONE, Comparison, Leaf
from tenure.core.tiers import tiers
from tenure.lib.instants import to_us
from tenure.segments.asking import Asking
from tenure.segments.matched import Languages, as_json, in_words, matched
from tenure.segments.models import TierRule
from tenure.segments.tiers.rule import FIELD, Draft, draft_of, tier_field, tiers_of
from tenure.ui.numbers import number

SET_BY_RULE = verb(
    "tier.set_by_rule",
    gettext_lazy("The rule for tiers set {changes} ({because})"),
    words={**WORDS, "because": in_use, "count": number},
    of_many=gettext_lazy("The rule for tiers set the tier of {count} customers"),
    keeps=False,
)


@dataclass(frozen=True)
class Placed:
    """Which tier the rule puts each account in, by what number, and the accounts whose tier is not the rule's."""

    tiers: Mapping[int, str]
    values: Mapping[int, float]
    owned: frozenset[int]
    unknown: int


def place(draft: Draft, field: Field, asking: Asking, day: date, moment: datetime) -> Placed:
    """What the rule would do on a day with numbers, facts as at `moment`. Raises WarehouseBusy."""
    everyone = asking.on(EVERYONE, day)
    found = (
        matched(Leaf(draft.by, Comparison.KNOWN), everyone, day, moment, asking) if draft.by in asking.fields else {}
    )
    values = {
        account: float(value)
        for account, had in found.items()
        if isinstance(value := had.get(draft.by), int | float) and not isinstance(value, bool)
    }
    names = tiers_of(field)
    placed = tiers(values, draft.cut, draft.steps, names[-1]) if names else {}
    return Placed(placed, values, _owned(moment), len(everyone) - len(values))


@dataclass(frozen=True)
class Outcome:
    """How many customers the rule puts in a tier, how large a part of all of them, and their smallest number."""

    tier: str
    count: int
    share: float
    smallest: float | None


def outcomes(placed: Placed, field: Field) -> list[Outcome]:
    """What the rule would do, tier by tier, the best first."""
    numbers: dict[str, list[float]] = defaultdict(list)
    for account, tier in placed.tiers.items():
        numbers[tier].append(placed.values[account])
    total = max(1, len(placed.tiers))
    return [
        Outcome(tier, len(numbers[tier]), len(numbers[tier]) / total, min(numbers[tier], default=None))
        for tier in tiers_of(field)
    ]


def set_tiers(rule: TierRule, asking: Asking, day: date, now: datetime, languages: Languages) -> int:
    """Writes the tiers that are others than before, as facts from now on; returns how many accounts changed."""
    field = tier_field()
    if field is None:
        return 0
    placed = place(draft_of(rule), field, asking, day, now)
    with transaction.atomic():
        staying = there(placed.tiers.keys() - placed.owned)
        wanted = {account: tier for account, tier in placed.tiers.items() if account in staying}
        book = read_book((account, FIELD) for account in wanted)
        changes: dict[int, list[Change]] = {}
        for (account, _field), known in book.items():
            before, after = value_at(known.runs, to_us(now)), wanted[account]
            if before != after:
                known.withdrawals += decide(known.runs, to_us(now), canonical(after), after, Origin(BY_RULE))
                changes[account] = [told(field, before, after)]
        if not changes:
            return 0
        details = write_changes({place: known for place, known in book.items() if place[0] in changes}, changes, now)
        for account, detail in details.items():
            had = {rule.by: placed.values[account]}
            detail |= {"values": as_json(had), "because": in_words(had, languages)}
        detail = {"version": rule.version, "day": day.isoformat(), "count": len(details)}
        record(SET_BY_RULE, None, subject=Subject("tier_rule", rule.pk, ""), accounts=details, detail=detail)
    return len(changes)


def _owned(moment: datetime) -> frozenset[int]:
    """Accounts whose tier of the moment a person or another system wrote; an emptied one is the rule's to fill."""
    newest: dict[int, tuple[datetime, str, bool]] = {}
    facts = counting().filter(field=FIELD, valid_from__lte=moment).order_by("valid_from", "pk")
    for account, since, source, value in facts.values_list("account_id", "valid_from", "source", "value"):
        newest[account] = (since, source, value is not None)
    return frozenset(account for account, (_since, source, said) in newest.items() if said and source != BY_RULE)
