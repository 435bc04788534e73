"""Facts replayed: what was true at a time, as far as it was known at a time."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple


class FactRow(NamedTuple):
    """`text` is the value as JSON. `corrects` is the id of the fact it takes the place of, 0 for none; a `withdrawal`
    only takes it away.
    """

    id: int
    account_id: int
    field: str
    text: str
    valid_from: datetime
    recorded_at: datetime
    corrects: int = 0
    withdrawal: bool = False


def values_at(
    facts: Iterable[FactRow],
    as_of: datetime,
    known_at: datetime | None = None,
    fields: Collection[str] | None = None,
    account_ids: Collection[int] | None = None,
) -> list[tuple[int, str, str]]:
    """(account_id, field, text) by account and field, without values that are null; None is no limit.

    Of the facts known by then those that a known one corrects are struck out; of the rest that were true by then the
    latest counts, of one time the greater text.
    """
    known = [fact for fact in facts if known_at is None or fact.recorded_at <= known_at]
    for fact in [fact for fact in known if fact.corrects]:
        known = [other for other in known if other.id != fact.corrects]
    answer: dict[tuple[int, str], str] = {}
    for fact in sorted(known, key=lambda fact: (fact.valid_from, fact.text)):
        asked = (fields is None or fact.field in fields) and (account_ids is None or fact.account_id in account_ids)
        if asked and not fact.withdrawal and fact.valid_from <= as_of:
            answer[fact.account_id, fact.field] = fact.text
    return sorted((*place, text) for place, text in answer.items() if text != "null")
