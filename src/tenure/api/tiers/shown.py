"""Tiers and their rule as programs read and write them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from tenure.api.asked import Body, Word
from tenure.core.tiers import Cut, Step
from tenure.segments.models import TierRule
from tenure.segments.tiers.rule import Draft, draft_of
from tenure.segments.tiers.setting import Outcome, Placed

Number = Annotated[float, Field(ge=-1e15, le=1e15, allow_inf_nan=False)]


class TierShown(Schema):
    """A tier, and how many customers in sight are in it now."""

    value: str
    name: str
    customers: int


class TierStepShown(Schema):
    tier: str
    at: float


class TierRuleShown(Schema):
    """Where a tier ends: `at` is the share of customers that are in it (0.2 is 20 %) or, when `cut` is amount, its
    smallest number. The last tier is the rest and has no step. Each change is a `version`.
    """

    version: int
    by: str
    cut: Cut
    steps: list[TierStepShown]
    made_by: int | None
    made_at: datetime


class TierStepSent(Body):
    tier: Word
    at: Number


class TierRuleSent(Body):
    by: Annotated[Word, Field(description="The key of the number that decides: see what conditions can ask about.")]
    cut: Cut = Cut.SHARE
    steps: Annotated[
        list[TierStepSent], Field(max_length=200, description="For each tier but the last, the best first.")
    ]

    def draft(self) -> Draft:
        return Draft(self.by, self.cut, [Step(each.tier, each.at) for each in self.steps])


class TierOutcome(Schema):
    """What the rule would do: how many customers the tier has then, their share, and their smallest number."""

    tier: str
    customers: int
    share: float
    smallest: float | None


class TierPreview(Schema):
    """`unknown` customers have no such number and keep the tier they have; the tiers of `owned` were written by people
    or other systems and stay.
    """

    tiers: list[TierOutcome]
    unknown: int
    owned: int


def show_rule(rule: TierRule) -> TierRuleShown:
    draft = draft_of(rule)
    return TierRuleShown(
        version=rule.version,
        by=draft.by,
        cut=draft.cut,
        steps=[TierStepShown(tier=each.tier, at=each.at) for each in draft.steps],
        made_by=rule.made_by_id,
        made_at=rule.made_at,
    )


def show_preview(placed: Placed, outcomes: Sequence[Outcome]) -> TierPreview:
    tiers = [
        TierOutcome(tier=each.tier, customers=each.count, share=each.share, smallest=each.smallest) for each in outcomes
    ]
    return TierPreview(tiers=tiers, unknown=placed.unknown, owned=len(placed.owned))
