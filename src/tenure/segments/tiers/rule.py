"""The rule that puts customers into tiers: read, proposed, changed, switched off."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import Field, FieldType
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.conditions.fields import NUMBERS
from tenure.core.tiers import Cut, Step
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.segments.catalogue import Catalogue, Entry
from tenure.segments.models import TierRule

FIELD: Final = "tier"
#: The job that puts customers into tiers.
SET: Final = "set_tiers"
#: What customers pay, by the keys under which companies keep it; the first that is a number decides by default.
PAID: Final = ("fact.paid_amount", "fact.contract_amount", "fact.amount", "fact.arr", "fact.acv", "fact.mrr")
OPENED: Final = "metric.opened_users"
_SHARES: Final = (0.2, 0.3)  # of the best tiers, unless somebody says otherwise

CHANGED = verb("tier.rule_changed", gettext_lazy("{by} changed the rule for tiers"), on_timeline=False)
STOPPED = verb("tier.rule_stopped", gettext_lazy("{by} switched the rule for tiers off"), on_timeline=False)


class BadRule(TenureError):
    """The rule for tiers cannot be so; the message says why."""


@dataclass(frozen=True)
class Draft:
    """A rule as asked for: `steps` for each tier but the last, the best first."""

    by: str
    cut: Cut
    steps: Sequence[Step]


def tier_field() -> Field | None:
    """The field that holds the tier, where a card has it as a choice that people here or the rule write."""
    fields = Field.objects.filter(key=FIELD, type=FieldType.CHOICE, archived_at=None, card__archived_at=None)
    return fields.filter(synced_from="").first()


def tiers_of(field: Field) -> list[str]:
    """The tiers, the best first."""
    return [str(option["value"]) for option in field.offered]


def rule_in_use() -> TierRule | None:
    """The rule as it is now; None while there is none, or it is switched off."""
    latest = TierRule.objects.order_by("-version").first()
    return latest if latest is not None and latest.by else None


def draft_of(rule: TierRule) -> Draft:
    return Draft(rule.by, Cut(rule.cut), [Step(str(step["tier"]), float(step["at"])) for step in rule.steps])


def proposed(catalogue: Catalogue, field: Field) -> Draft:
    """The default: by what customers pay where a field says it, else by the accounts opened for them."""
    numbers = {entry.field.key for entry in deciding(catalogue)}
    by = next((key for key in PAID if key in numbers), OPENED)
    shares = (*_SHARES, *(0.1 for _tier in tiers_of(field)))
    return Draft(by, Cut.SHARE, [Step(tier, at) for tier, at in zip(tiers_of(field)[:-1], shares, strict=False)])


def deciding(catalogue: Catalogue) -> list[Entry]:
    """The fields whose number can decide."""
    return [entry for entry in catalogue.entries.values() if entry.field.type in NUMBERS]


def change_rule(draft: Draft, catalogue: Catalogue, *, actor: Member) -> TierRule:
    """A new version, followed at once. Raises BadRule."""
    field = tier_field()
    if field is None:
        raise BadRule(_("No profile card has the field “tier” as a choice that is written here."))
    check_draft(draft, catalogue, field)
    steps = [{"tier": step.tier, "at": step.at} for step in draft.steps]
    with transaction.atomic():
        rule = _next(draft.by, draft.cut.value, steps, actor)
        record(CHANGED, actor, subject=Subject("tier_rule", rule.pk, ""), detail={"by_field": rule.by, "steps": steps})
        enqueue(SET, key=SET)
    return rule


def stop_rule(*, actor: Member) -> None:
    """Switches it off; tiers stay as they are. Raises BadRule when it is off."""
    if rule_in_use() is None:
        raise BadRule(_("The rule is switched off already."))
    with transaction.atomic():
        rule = _next("", "", [], actor)
        record(STOPPED, actor, subject=Subject("tier_rule", rule.pk, ""))


def check_draft(draft: Draft, catalogue: Catalogue, field: Field) -> None:
    """Raises BadRule for a rule that cannot be followed."""
    if draft.by not in {entry.field.key for entry in deciding(catalogue)}:
        raise BadRule(_("Choose the number that decides."))
    names = tiers_of(field)
    if len(names) < 2 or [step.tier for step in draft.steps] != names[:-1]:
        raise BadRule(_("The tiers are other ones by now. Load the page again."))
    places = [step.at for step in draft.steps]
    if not all(isfinite(at) and abs(at) <= 1e15 for at in places):
        raise BadRule(_("Write a number, such as 1200 or 12.5."))
    if draft.cut is Cut.SHARE and (min(places) < 0 or sum(places) > 1):
        raise BadRule(_("The shares must be between 0% and 100%, together too."))
    if draft.cut is Cut.AMOUNT and sorted(places, reverse=True) != places:
        raise BadRule(_("A better tier needs a larger amount."))


def _next(by: str, cut: str, steps: list[dict[str, object]], actor: Member) -> TierRule:
    latest = TierRule.objects.order_by("-version").values_list("version", flat=True).first() or 0
    return TierRule.objects.create(version=latest + 1, by=by, cut=cut, steps=steps, made_by=actor, made_at=clock.now())
