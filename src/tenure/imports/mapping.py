"""Which column of a file is which field: named by the operator, else guessed from usual names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tenure.imports.errors import BadImport
from tenure.imports.table import BadRow, Table

_PLACE = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?")
_ACCOUNT = ("account", "account_id", "company_id", "company", "customer_id", "organization_id", "org_id", "tenant_id")
_USER = ("user", "user_id", "userid", "distinct_id", "uid", "member_id", "email")

#: What is imported -> field -> usual names of its column, compared without case, in this order.
GUESSES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "events": {
        "event": ("event", "event_name", "eventname", "action", "event_type_name", "event_type", "event_type_id"),
        "time": ("time", "timestamp", "event_time", "occurred_at", "datetime", "date", "created_at"),
        "user": _USER,
        "account": (*_ACCOUNT, "group_id", "workspace_id"),
        "id": ("message_id", "messageid", "insert_id", "$insert_id", "uuid", "id"),
    },
    "users": {
        "user": (*_USER[:-1], "external_id", "id", "email"),
        "account": _ACCOUNT,
        "time": ("valid_from", "as_of", "since"),
    },
}
#: Fields without which nothing can be imported; of a tuple any one will do.
NEEDED: Final = {
    "events": ("event", ("user", "account")),
    "users": ("user",),
}

Reader = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Lookup:
    """Values of a field replaced through another file: {value: replacement}."""

    field: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Fields:
    """How to read each field of a row; `used` are the columns fields are made of."""

    readers: Mapping[str, Reader]
    used: frozenset[str]


def choose_fields(kind: str, columns: Sequence[str], named: Mapping[str, str], lookups: Iterable[Lookup]) -> Fields:
    """The fields of "events" or "users".

    `named` maps a field to a column, or to a text with columns in braces, as "{account_id}-{user_id}". Raises BadImport
    that names the field and the columns there are.
    """
    known = GUESSES[kind]
    replaced = {lookup.field: lookup.values for lookup in lookups}
    for field in (*named, *replaced):
        if field not in known:
            raise BadImport(f"There is no field {field!r}. Those of {kind} are {', '.join(known)}.")
    texts = {**_guess(known, columns, named), **named}
    for needed in NEEDED[kind]:
        choice = (needed,) if isinstance(needed, str) else needed
        if not any(field in texts for field in choice):
            wanted = " or ".join(choice)
            raise BadImport(f"No column for {wanted}: name it with --map {choice[0]}=COLUMN. {_there_are(columns)}")
    used: set[str] = set()
    readers = {}
    for field, text in texts.items():
        read, of = _reader(field, text, columns)
        used |= of
        readers[field] = _replacing(read, replaced[field]) if field in replaced else read
    return Fields(readers, frozenset(used))


def read_lookup(text: str) -> Lookup:
    """Reads "field=FILE:key column:value column"; raises BadImport."""
    field, _, rest = text.partition("=")
    try:
        file, key, value = rest.rsplit(":", 2)
    except ValueError:
        raise BadImport(f"--lookup {text!r} must be FIELD=FILE:KEY COLUMN:VALUE COLUMN.") from None
    table = Table(Path(file))
    for column in (key, value):
        if column not in table.columns:
            raise BadImport(f"{file} has no column {column!r}. {_there_are(table.columns)}")
    return Lookup(
        field, {as_text(row[key]): as_text(row[value]) for row in table.rows() if not isinstance(row, BadRow)}
    )


def as_text(value: Any) -> str:
    """A cell as the text of an id or a name; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strip() if isinstance(value, str) else str(value)


def as_value(value: Any) -> Any:
    """A cell as a JSON value: text that is a number in plain notation becomes one; None for an empty one."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _guess(known: Mapping[str, tuple[str, ...]], columns: Sequence[str], named: Mapping[str, str]) -> dict[str, str]:
    folded = {column.strip().casefold(): column for column in reversed(columns)}
    taken = set(named.values())
    found = {}
    for field, names in known.items():
        column = next((folded[name] for name in names if name in folded and folded[name] not in taken), None)
        if column is not None and field not in named:
            found[field] = column
            taken.add(column)
    return found


def _reader(field: str, text: str, columns: Sequence[str]) -> tuple[Reader, set[str]]:
    if text in columns:
        return lambda row: as_text(row.get(text)), {text}
    places = _PLACE.findall(text)
    missing = next((column for column in places or [text] if column not in columns), None)
    if missing is not None:
        raise BadImport(f"There is no column {missing!r}, named for {field}. {_there_are(columns)}")

    def fill(row: Mapping[str, Any]) -> str:
        values = {column: as_text(row.get(column)) for column in places}
        return _PLACE.sub(lambda place: values[place[1]], text) if all(values.values()) else ""

    return fill, set(places)


def _replacing(read: Reader, values: Mapping[str, str]) -> Reader:
    return lambda row: values.get(read(row), "")


def _there_are(columns: Sequence[str]) -> str:
    return f"The file has the columns {', '.join(columns)}."
