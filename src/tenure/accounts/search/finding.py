"""Finding accounts, contacts and users by what somebody types, among what they may see.

One statement asks for each model and each place of a key, so that each part walks the index in the order it wants and
stops as soon as it has enough; what is inside words is asked for only where beginnings are too few. Of a member who
sees few accounts each model is one part.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Model

from tenure.accounts.access import accounts_for, visible_account_ids
from tenure.accounts.merging.members import survivors, with_merged
from tenure.accounts.models import Account, Contact, User
from tenure.accounts.search.statements import BEGINNINGS, NUMBERED, among_all, among_few, beginning, of_id, rarity
from tenure.accounts.search.telling import Found, recalled, told
from tenure.core.search.keys import Place
from tenure.core.search.matching import Asked
from tenure.lib.compiled import listed
from tenure.people.models import Member

#: SQL of `statements` and its values.
Part = tuple[str, Sequence[Any]]
Rows = dict[type[Model], dict[int, Found]]

_FEW: Final = 200  # accounts, whose rows' keys are fewer than those of everybody that begin with a letter
_RARE: Final = 200  # keys: whose they are is asked as quickly as the rows of a small book are
_SPARE: Final = 2  # times as many keys as rows are wanted: one row may be found by several
_MANY: Final = 50  # times as many, where that is not enough


class Scope(NamedTuple):
    """How many accounts, and which, as a value of a statement."""

    size: int
    accounts: Any


def find(member: Member, wanted: Asked, typed: str, most: int) -> dict[type[Model], list[Found]]:
    """The rows of each model the member may see, at most so many, best first; accounts as those they live on in.

    First the user whose id is the very text that was `typed`, then what begins so, then words that do, then several
    words, then what is inside. Of those, what is nothing but that text comes first.
    """
    visible = visible_account_ids(member)
    if not wanted.text or visible == frozenset():
        return {}
    scope = None if visible is None else _scope_of(with_merged(visible))
    found: Rows = {model: {} for model in NUMBERED}
    by_id = of_id(connection.vendor, scope is not None), [typed, *_accounts(scope)]
    if scope is not None and scope.size <= _FEW:
        rows = _ask([by_id, *_few(wanted, scope, most * len(Place))], found, most)
        if any(rows[model] >= most * len(Place) and len(found[model]) < most for model in NUMBERED):
            _ask(list(_few(wanted, scope, most * _MANY)), found, most)
    else:
        text = (wanted.text,)
        parts = [by_id, *(part for model in NUMBERED for part in _all(model, text, BEGINNINGS, scope, most))]
        _ask(parts, found, most)
        short = [model for model, rows in found.items() if len(rows) < most]
        parts = [part for model in short for part in _all(model, text, (Place.INSIDE,), scope, most)]
        if wanted.words:
            words = sorted(wanted.words, key=len, reverse=True)
            parts += (part for model in short for part in _all(model, words, BEGINNINGS, scope, most))
        if parts:
            _ask(parts, found, most)
    found[Account] = _living_on(member, found[Account])
    return {model: list(rows.values())[:most] for model, rows in found.items() if rows}


def _scope_of(accounts: set[int]) -> Scope:
    return Scope(len(accounts), listed(accounts, connection.vendor))


def _accounts(scope: Scope | None) -> list[Any]:
    return [] if scope is None else [scope.accounts]


def _ask(parts: Sequence[Part], found: Rows, most: int) -> Counter[type[Model]]:
    """Adds what the parts find, the best first, and no more than are wanted; returns how many keys were found."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [each for _, values in parts for each in values])
        rows = sorted(cursor.fetchall(), key=lambda row: row[:4])
    for row in rows:
        model, row_id = NUMBERED[row[0]], row[3]
        if row_id not in found[model] and (len(found[model]) < most or model is Account):  # two may have become one
            found[model][row_id] = told(model, row_id, row[4:])
    return Counter(NUMBERED[row[0]] for row in rows)


def _all(
    model: type[Model], words: Sequence[str], places: Sequence[Place], scope: Scope | None, most: int
) -> Iterator[Part]:
    """A part for each place at which a key begins with the first word."""
    values = [*beginning(words), *_accounts(scope)]
    for place in places:
        yield among_all(connection.vendor, model, place, len(words), scope is not None, most * _SPARE), values


def _few(wanted: Asked, scope: Scope, most: int) -> Iterator[Part]:
    """A part for each model, for all places at once."""
    words = wanted.words or (wanted.text,)
    first, text = beginning(words[:1]), beginning([wanted.text])
    values = [*text, *first, *text, *beginning(words[1:])] if wanted.words else text
    rare = _are_rare(first)
    for model in NUMBERED:
        sql = among_few(connection.vendor, model, len(words), rare.get(model, False), most)
        yield sql, [*values, scope.accounts]


def _are_rare(first: Sequence[bytes]) -> Mapping[type[Model], bool]:
    """Of whom so few keys begin with the word that each key may be asked whose it is. Few accounts are asked for their
    keys in any case."""
    people = (Contact, User)
    with connection.cursor() as cursor:
        cursor.execute(rarity(people, _RARE), [*first, *first])
        return {model: count < _RARE for model, count in zip(people, cursor.fetchone(), strict=True)}


def _living_on(member: Member, rows: dict[int, Found]) -> dict[int, Found]:
    """Merged accounts as the ones they live on in, at their place."""
    merged = [row.row_id for row in rows.values() if row.merged]
    if not merged:
        return rows
    into = survivors()
    living = {row.row_id: row for row in recalled(Account, accounts_for(member), [into[each] for each in merged])}
    ordered = (living.get(into[row.row_id]) if row.merged else row for row in rows.values())
    return {row.row_id: row for row in ordered if row is not None}
