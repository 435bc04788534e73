"""Asking which accounts a condition means: on a day, on each day of a span, and why one is meant or not."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from tenure.accounts.access import visible_account_ids
from tenure.accounts.fact_copy import copy_facts
from tenure.core.conditions.explanation import Explained, explain
from tenure.core.conditions.fields import FactField, Field, Fields, Given
from tenure.core.conditions.summary import Summary
from tenure.core.conditions.tree import Node, for_member, leaves, look_back
from tenure.people.models import Member
from tenure.segments.catalogue import Catalogue
from tenure.segments.in_charge import in_charge
from tenure.warehouse.conditions.question import Question
from tenure.warehouse.current import store
from tenure.warehouse.store import Store


@dataclass(frozen=True)
class Asking:
    """Who asks, and of what. `member_id` is "me"; `visible` is what accounts.access.visible_account_ids gives.

    Raises WarehouseBusy when an answer takes too long.
    """

    store: Store
    zone: ZoneInfo
    fields: Fields
    member_id: int = 0
    visible: Collection[int] | None = None

    def on(self, node: Node, day: date) -> frozenset[int]:
        """The accounts the condition means on a day."""
        return self.over(node, day, day).get(day, frozenset())

    def over(self, node: Node, first: date, last: date) -> dict[date, frozenset[int]]:
        """The accounts the condition means, by day; days without any are left out."""
        return self.store.matching(self._question(node, first, last))

    def counts(self, node: Node, first: date, last: date) -> dict[date, int]:
        """How many accounts the condition means, by day; days without any are left out."""
        return dict(self.store.matching_counts(self._question(node, first, last)))

    def summaries(self, node: Node, column: str, first: date, last: date) -> dict[date, Summary]:
        """What the accounts meant have together of a column of account_day, by day; days without any are left out."""
        return {each.day: each for each in self.store.summaries(self._question(node, first, last), column)}

    def among(self, accounts: Collection[int]) -> "Asking":
        """The same, of these accounts alone: those of them that are in sight."""
        seen = accounts if self.visible is None else frozenset(self.visible) & frozenset(accounts)
        return replace(self, visible=seen)

    def explain(self, node: Node, account_id: int, day: date) -> Explained:
        """Why the condition means this account on the day, or why not. The caller checks that it may be seen."""
        question = self._question(node, day, day)
        return explain(question.node, self.store.evidence(question, account_id), day)

    def _question(self, node: Node, first: date, last: date) -> Question:
        node = for_member(node, self.member_id)
        sources = [field.source for field in fields_of(node, self.fields)]
        if any(isinstance(source, FactField) for source in sources):
            copy_facts(self.store)  # what somebody wrote a moment ago counts
        begin = first - timedelta(days=look_back(node))
        roles = {source.name for source in sources if isinstance(source, Given)}
        given = {role: in_charge(role, begin, last, self.zone) for role in roles}
        return Question(node, self.fields, first, last, self.zone, given, self.visible)


def asking_of(member: Member, catalogue: Catalogue) -> Asking:
    """Asks as this member: "me" is they, and accounts out of their sight are in no answer."""
    return Asking(store(), settings.CONFIG.zone, catalogue.fields, member.pk, visible_account_ids(member))


def fields_of(node: Node, fields: Fields) -> list[Field]:
    """The fields that a condition looks at."""
    return [fields[name] for leaf in leaves(node) for name in (leaf.field, leaf.within) if name]
