"""Finding accounts, contacts and users by what somebody types, among what they may see.

One statement asks for each model and each place of a key, so that each part walks the index in the order it wants and
stops as soon as it has enough. Of a member who sees few accounts, a text that begins many keys is looked for the other
way: among the keys of their rows. What is inside words is asked for only where beginnings are too few.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Model

from tenure.accounts.access import accounts_for, visible_account_ids
from tenure.accounts.merging.members import survivors, with_merged
from tenure.accounts.models import Account, Contact, Identity, User, UserLink
from tenure.accounts.search.keeping import FOUND
from tenure.accounts.search.telling import COLUMNS, JOINED, Found, recalled, told
from tenure.core.search.keys import Place
from tenure.core.search.matching import Asked
from tenure.lib.bulk import any_of
from tenure.people.models import Member

#: SQL and its parameters. It finds (number of the model, place, key, row) and the columns of telling.COLUMNS.
Part = tuple[str, list[Any]]


class Look(NamedTuple):
    """Every word is to begin a key of the same row at one of these places."""

    model: type[Model]
    words: Sequence[str]
    places: Sequence[Place]


_BEGINNINGS: Final = (Place.START, Place.WORD)
_SPARE: Final = 2  # times as many keys as rows are wanted: one row may be found by several
_FEW: Final = 200  # accounts, whose rows' keys are fewer than those of everybody that begin with a letter
_RARE: Final = 1_000  # keys
_NUMBERED: Final = tuple(FOUND)
#: The table that says of which account a row is, and its column of the row.
_OF_ACCOUNT: Final[Mapping[type[Model], tuple[str, str]]] = {
    Contact: (Contact._meta.db_table, "id"),
    User: (UserLink._meta.db_table, "user_id"),
}


def find(member: Member, wanted: Asked, typed: str, most: int) -> dict[type[Model], list[Found]]:
    """The rows of each model the member may see, at most so many, best first; accounts as those they live on in.

    First the user whose id is the very text that was `typed`, then what begins so, then words that do, then several
    words, then what is inside. Of those, what is nothing but that text comes first.
    """
    visible = visible_account_ids(member)
    if not wanted.text or visible == frozenset():
        return {}
    accounts = None if visible is None else with_merged(visible)
    found: dict[type[Model], dict[int, Found]] = {model: {} for model in FOUND}
    text, spare = (wanted.text,), most * _SPARE
    _ask(
        [_of_id(typed, accounts), *_parts([Look(model, text, _BEGINNINGS) for model in FOUND], accounts, spare)], found
    )
    short = [model for model, rows in found.items() if len(rows) < most]
    looks = [Look(model, text, (Place.INSIDE,)) for model in short]
    if wanted.words:
        looks += [Look(model, wanted.words, _BEGINNINGS) for model in short]
    if looks:
        _ask(list(_parts(looks, accounts, spare)), found)
    found[Account] = _living_on(member, found[Account])
    return {model: list(rows.values())[:most] for model, rows in found.items() if rows}


def _ask(parts: Sequence[Part], found: Mapping[type[Model], dict[int, Found]]) -> None:
    """Adds what the parts find, the best first."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [each for _, values in parts for each in values])
        rows = sorted(cursor.fetchall(), key=lambda row: row[:4])
    for number, _place, _key, row_id, *columns in rows:
        model = _NUMBERED[number]
        if row_id not in found[model]:
            found[model][row_id] = told(model, row_id, columns)


def _living_on(member: Member, rows: dict[int, Found]) -> dict[int, Found]:
    """Merged accounts as the ones they live on in, at their place."""
    merged = [row.row_id for row in rows.values() if row.merged]
    if not merged:
        return rows
    into = survivors()
    living = {row.row_id: row for row in recalled(Account, accounts_for(member), [into[each] for each in merged])}
    ordered = (living.get(into[row.row_id]) if row.merged else row for row in rows.values())
    return {row.row_id: row for row in ordered if row is not None}


def _parts(looks: Sequence[Look], accounts: Collection[int] | None, most: int) -> Iterator[Part]:
    """Selects of (number of the model, row), for every look."""
    few = accounts is not None and len(accounts) <= _FEW
    for look, rare in zip(looks, _are_rare(looks) if few else [True] * len(looks), strict=True):
        if accounts is None or rare:
            yield from (_by_key(look.model, place, look.words, accounts, most) for place in look.places)
        else:
            yield _among(look.model, look.places, look.words, accounts, most)


def _are_rare(looks: Sequence[Look]) -> list[bool]:
    """Whether so few keys begin with the longest word of each that each key may be asked whose it is."""
    counts, values = [], []
    for model, words, places in looks:
        condition, some = _has(model, [max(words, key=len)])
        table = FOUND[model].keys._meta.db_table
        few = f"SELECT 1 FROM {table} k WHERE k.place IN ({_listed(places)}) AND {condition} LIMIT {_RARE}"
        counts.append(f"(SELECT count(*) FROM ({few}) AS few)")
        values += some
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", values)
        return [count < _RARE for count in cursor.fetchone()]


def _listed(places: Collection[Place]) -> str:
    return ", ".join(str(int(place)) for place in places)


def _by_key(
    model: type[Model], place: Place, words: Collection[str], accounts: Collection[int] | None, most: int
) -> Part:
    """Of all rows, in the order of their keys, up to as many as are wanted."""
    condition, values = _has(model, words)
    if accounts is not None:
        # The plus keeps the databases from trying each account for each row: whose a row is, is asked by the row.
        of_account, ids = any_of("k.row_id" if model is Account else "+c.account_id", accounts, connection.vendor)
        if model in _OF_ACCOUNT:
            table, row = _OF_ACCOUNT[model]
            of_account = f"EXISTS (SELECT 1 FROM {table} c WHERE c.{row} = k.row_id AND {of_account})"
        condition, values = f"{condition} AND {of_account}", [*values, ids]
    table = FOUND[model].keys._meta.db_table
    rows = f"SELECT k.place, k.key, k.row_id FROM {table} k WHERE k.place = {place:d} AND {condition}"
    return _told(model, f"{rows} ORDER BY k.key, k.row_id LIMIT {most}"), values


def _among(
    model: type[Model], places: Collection[Place], words: Collection[str], accounts: Collection[int], most: int
) -> Part:
    """Of the rows of these accounts."""
    condition, values = _has(model, words)
    table, row = _OF_ACCOUNT.get(model, (Account._meta.db_table, "id"))
    of_account, ids = any_of("id" if model is Account else "account_id", accounts, connection.vendor)
    once = "DISTINCT " if model is User else ""  # several links may say the same
    rows = f"SELECT {row} AS id FROM {table} WHERE {of_account}"
    # CROSS JOIN: SQLite takes the tables in this order.
    joined = f"({rows}) r CROSS JOIN {FOUND[model].keys._meta.db_table} k"
    condition = f"k.row_id = r.id AND k.place IN ({_listed(places)}) AND {condition}"
    among = f"SELECT {once}k.place, k.key, k.row_id FROM {joined} WHERE {condition}"
    return _told(model, f"{among} ORDER BY k.place, k.key, k.row_id LIMIT {most}"), [ids, *values]


def _told(model: type[Model], rows: str) -> str:
    """The rows with what is told of each."""
    columns = ", ".join(COLUMNS[model])
    return f"SELECT {_NUMBERED.index(model)}, k.place, k.key, k.row_id, {columns} FROM ({rows}) AS k {JOINED[model]}"


def _has(model: type[Model], words: Collection[str]) -> Part:
    """The key `k` begins with the longest word, and keys of the same row with the others."""
    first, *others = sorted(words, key=len, reverse=True)
    condition, values = "k.key >= %s AND k.key < %s", _range(first)
    for other in others:
        also = f"o.row_id = k.row_id AND o.place IN ({_listed(_BEGINNINGS)}) AND o.key >= %s AND o.key < %s"
        condition += f" AND EXISTS (SELECT 1 FROM {FOUND[model].keys._meta.db_table} o WHERE {also})"
        values += _range(other)
    return condition, values


def _of_id(typed: str, accounts: Collection[int] | None) -> Part:
    """The user an id names: ids have an index of their own, and too many of them are nobody's name to have keys."""
    identities = f"{Identity._meta.db_table} i WHERE i.external_id = %s"
    values: list[Any] = [b"", typed]
    if accounts is not None:
        condition, ids = any_of("c.account_id", accounts, connection.vendor)
        linked = f"SELECT 1 FROM {UserLink._meta.db_table} c WHERE c.user_id = i.user_id AND {condition}"
        identities, values = f"{identities} AND EXISTS ({linked})", [*values, ids]
    return _told(User, f"SELECT 0 AS place, %s AS key, i.user_id AS row_id FROM {identities}"), values


def _range(text: str) -> list[bytes]:
    """What begins with the text lies from the one, included, to the other: no byte of UTF-8 is 255."""
    first = text.encode()
    return [first, first[:-1] + bytes([first[-1] + 1])]
