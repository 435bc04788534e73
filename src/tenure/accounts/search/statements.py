"""The SQL of the search, put together once for each shape of a question: that takes longer than many an answer.

Each finds (number of the model, place, key, row) and the columns of telling.COLUMNS. Values are given in the order in
which each says.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from django.db.models import Model

from tenure.accounts.models import Account, Contact, Identity, User, UserLink
from tenure.accounts.search.keeping import FOUND
from tenure.accounts.search.telling import COLUMNS, JOINED
from tenure.core.search.keys import Place
from tenure.lib.bulk import is_any_of

#: The models by their numbers.
NUMBERED: Final = tuple(FOUND)
BEGINNINGS: Final = (Place.START, Place.WORD)
_TABLE: Final[Mapping[type[Model], str]] = {model: found.keys._meta.db_table for model, found in FOUND.items()}
#: The table that says of which account a row is, and its columns of the row and of the account.
_OF_ACCOUNT: Final[Mapping[type[Model], tuple[str, str, str]]] = {
    Account: (Account._meta.db_table, "id", "id"),
    Contact: (Contact._meta.db_table, "id", "account_id"),
    User: (UserLink._meta.db_table, "user_id", "account_id"),
}
_BEGINS: Final = "k.key >= %s AND k.key < %s"
_shaped: Final = lru_cache(maxsize=512)


def beginning(words: Iterable[str]) -> list[bytes]:
    """Two values for each word: what begins with it lies from the one, included, to the other, as no byte of UTF-8 is
    255."""
    values: list[bytes] = []
    for word in words:
        first = word.encode()
        values += (first, first[:-1] + bytes([first[-1] + 1]))
    return values


@_shaped
def among_all(vendor: str, model: type[Model], place: Place, words: int, scoped: bool, most: int) -> str:
    """What begins with the first word at a place, and with the others at the beginning of any word; of all, or of a
    scope. In the order of the keys: it stops as soon as it has enough. Values: the words, the accounts of the scope.
    """
    condition = f"k.place = {place:d} AND {_BEGINS}{_others(model, words)}"
    if scoped:
        condition += f" AND {_is_of(vendor, model)}"
    return _told(model, f"SELECT k.place, k.key, k.row_id FROM {_TABLE[model]} k WHERE {condition}", most)


@_shaped
def among_few(vendor: str, model: type[Model], words: int, rare: bool, most: int) -> str:
    """What begins with the text, then what does with each of its words, then what has the text inside, of a scope of
    few accounts. One look is enough, as each begins with the first word: where that is `rare` each key is asked whose
    it is, else each row for its keys. Values: one word, the accounts; of several words the text, the first word, the
    text, the other words, the accounts.
    """
    place, condition = "k.place", _BEGINS
    if words > 1:
        place = f"CASE WHEN {_BEGINS} THEN 3 * k.place ELSE 6 + k.place END"
        condition += f" AND ({_BEGINS} OR k.place <> {Place.INSIDE:d}{_others(model, words)})"
    columns, keys = f"{place} AS place, k.key, k.row_id", f"{_TABLE[model]} k"
    if rare:
        found = f"SELECT {columns} FROM {keys} WHERE k.place IN ({_listed(Place)}) AND {condition}"
        return _told(model, f"{found} AND {_is_of(vendor, model)}", most)
    table, row, account = _OF_ACCOUNT[model]
    # CROSS JOIN: SQLite takes the tables in this order. DISTINCT: several links of a user may say the same.
    found = f"SELECT DISTINCT {columns} FROM {table} c CROSS JOIN {keys} WHERE k.row_id = c.{row} AND {condition}"
    return _told(model, f"{found} AND {is_any_of(f'c.{account}', vendor)}", most)


@_shaped
def rarity(models: Sequence[type[Model]], most: int) -> str:
    """For each model how many keys begin with a word, counted up to `most`. Values: the word, for each."""
    some = f"WHERE k.place IN ({_listed(Place)}) AND {_BEGINS} LIMIT {most}"
    counts = (f"(SELECT count(*) FROM (SELECT 1 FROM {_TABLE[model]} k {some}) AS few)" for model in models)
    return f"SELECT {', '.join(counts)}"


@_shaped
def of_id(vendor: str, scoped: bool) -> str:
    """The user an id names: ids have an index of their own, and too many of them are nobody's name to have keys.
    Values: the id, and the accounts of a scope."""
    found = f"SELECT 0 AS place, i.user_id AS row_id FROM {Identity._meta.db_table} i WHERE i.external_id = %s"
    if scoped:
        linked = f"SELECT 1 FROM {UserLink._meta.db_table} c WHERE c.user_id = i.user_id"
        found += f" AND EXISTS ({linked} AND {is_any_of('c.account_id', vendor)})"
    columns = ", ".join(COLUMNS[User])
    return f"SELECT {NUMBERED.index(User)}, k.place, NULL, k.row_id, {columns} FROM ({found}) AS k {JOINED[User]}"


def _told(model: type[Model], keys: str, most: int) -> str:
    """The best of these keys, with what is told of their rows."""
    best, columns = f"{keys} ORDER BY place, key, row_id LIMIT {most}", ", ".join(COLUMNS[model])
    return f"SELECT {NUMBERED.index(model)}, k.place, k.key, k.row_id, {columns} FROM ({best}) AS k {JOINED[model]}"


def _others(model: type[Model], words: int) -> str:
    """And keys of the same row begin with each word but the first. The plus keeps SQLite from looking up the place."""
    also = f"o.row_id = k.row_id AND +o.place IN ({_listed(BEGINNINGS)}) AND o.key >= %s AND o.key < %s"
    return f" AND EXISTS (SELECT 1 FROM {_TABLE[model]} o WHERE {also})" * (words - 1)


def _is_of(vendor: str, model: type[Model]) -> str:
    """The row is one of these accounts' own. The plus keeps the databases from trying each account for each row."""
    if model is Account:
        return is_any_of("+k.row_id", vendor)
    table, row, account = _OF_ACCOUNT[model]
    return f"EXISTS (SELECT 1 FROM {table} c WHERE c.{row} = k.row_id AND {is_any_of(f'+c.{account}', vendor)})"


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(str(int(place)) for place in places)
