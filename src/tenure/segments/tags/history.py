"""Who had a tag from when until when, by the facts that count now."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from tenure.accounts.access import accounts_for
from tenure.accounts.as_of import counting, values_at
from tenure.accounts.models import Account, Fact
from tenure.accounts.values import canonical
from tenure.people.models import Member
from tenure.segments.tags.tag import FIELD


@dataclass(frozen=True)
class Turn:
    """The tag was on for `began` ≤ time < `ended`, the moments of the facts that put it on and took it off.

    `ended` None: it is on still. `put_on` and `taken_off` are who wrote those facts: a source, and a member's id.
    """

    began: datetime
    put_on: tuple[str, int | None]
    ended: datetime | None = None
    taken_off: tuple[str, int | None] | None = None


def holders(value: str, moment: datetime) -> frozenset[int]:
    """The accounts that have the tag at a moment, whoever may see them."""
    held = values_at(moment, fields=[FIELD]).get(FIELD, {})
    return frozenset(account for account, values in held.items() if isinstance(values, list) and value in values)


def ever_tagged(value: str, member: Member) -> QuerySet[Account]:
    """The customers in the member's sight of which a fact names the tag, or what looks like it: history tells."""
    facts = Fact.objects.filter(account=OuterRef("pk"), field=FIELD).annotate(text=Cast("value", TextField()))
    # SQLite keeps JSON as Python writes it, PostgreSQL with the characters themselves.
    named = Q(text__contains=json.dumps(value)) | Q(text__contains=canonical(value))
    return accounts_for(member).filter(Exists(facts.filter(named)))


def history(value: str, accounts: Collection[int]) -> dict[int, list[Turn]]:
    """{account: its turns, oldest first} of those of the accounts that ever had the tag."""
    facts: dict[int, list[Fact]] = defaultdict(list)
    for fact in counting().filter(field=FIELD, account_id__any_of=accounts):
        facts[fact.account_id].append(fact)
    found = {account: list(_turns(value, each)) for account, each in facts.items()}
    return {account: turns for account, turns in sorted(found.items()) if turns}


def _turns(value: str, facts: list[Fact]) -> Iterator[Turn]:
    """Of two facts that begin at once the later text counts, as in accounts.as_of."""
    at_once = {fact.valid_from: fact for fact in sorted(facts, key=lambda fact: canonical(fact.value))}
    began: Fact | None = None
    for moment, fact in sorted(at_once.items()):
        has = isinstance(fact.value, list) and value in fact.value
        if has and began is None:
            began = fact
        elif not has and began is not None:
            yield Turn(began.valid_from, _writer(began), moment, _writer(fact))
            began = None
    if began is not None:
        yield Turn(began.valid_from, _writer(began))


def _writer(fact: Fact) -> tuple[str, int | None]:
    return fact.source, fact.actor_id
