"""Which column of a file is which field of a kind: suggested by name, remembered, checked."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport, NoRows
from tenure.imports.kinds.kind import Kind, Target
from tenure.imports.models import RememberedMapping
from tenure.imports.reading.sheet import Sheet
from tenure.imports.values.days import Order
from tenure.imports.values.detecting import Holds, detect
from tenure.imports.values.texts import read_text
from tenure.lib import clock
from tenure.people.models import Member

_SAMPLE: Final = 1_000  # rows a column's kind is told by
_KEPT: Final = 20  # samples of a column
_PLACE: Final = re.compile(r"\{([^{}]+)\}")


class BadMapping(BadImport):
    """Columns and fields do not fit; `problems` names fields and says why."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class ColumnSeen:
    """A column as it was seen: what it holds, and its first cells that are not empty."""

    name: str
    holds: Holds
    order: Order | None
    unsure: bool
    samples: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "samples": list(self.samples)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "ColumnSeen":
        order = Order(kept["order"]) if kept["order"] else None
        return cls(kept["name"], Holds(kept["holds"]), order, kept["unsure"], kept["samples"])


@dataclass(frozen=True)
class Mapped:
    """`fields`: target -> column, or a text with columns in braces. `ignored` columns are left out.

    `orders` says of columns whether day or month comes first, where their dates leave it open.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    orders: Mapping[str, Order] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        orders = {column: order.value for column, order in self.orders.items()}
        return {"fields": dict(self.fields), "ignored": sorted(self.ignored), "orders": orders}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Mapped":
        orders = {column: Order(order) for column, order in kept.get("orders", {}).items()}
        return cls(dict(kept.get("fields", {})), frozenset(kept.get("ignored", ())), orders)

    def used(self) -> frozenset[str]:
        """The columns that fields are made of."""
        return frozenset(column for text in self.fields.values() for column in columns_of(text))


def columns_of(text: str) -> list[str]:
    """The columns a field's text names: itself, or those in braces."""
    return _PLACE.findall(text) or [text]


def fill(text: str, cells: Mapping[str, str]) -> str:
    """A text with columns in braces, filled; "" when any of them is empty."""
    return _PLACE.sub(lambda place: cells[place[1]], text) if all(cells.values()) else ""


def see_columns(sheet: Sheet) -> list[ColumnSeen]:
    """The columns by the file's first rows; raises BadImport when there is not one row."""
    rows = list(islice(sheet.lines(), _SAMPLE))
    if not rows:
        raise NoRows(_("The file has a header and no rows."))
    good = [line.cells for line in rows if not line.problem]
    seen = []
    for place, name in enumerate(sheet.columns):
        cells = [row[place] for row in good]
        kind = detect(cells)
        samples = dict.fromkeys(text[:60] for cell in cells[:100] if (text := read_text(cell)))
        seen.append(ColumnSeen(name, kind.holds, kind.order, kind.unsure, list(samples)[:_KEPT]))
    return seen


def suggest(kind: Kind, seen: Sequence[ColumnSeen]) -> Mapped:
    """What was used for these very columns before, else what their names say."""
    names = [column.name for column in seen]
    remembered = RememberedMapping.objects.filter(kind=kind.key, header=header_digest(names)).first()
    if remembered is not None:
        mapped = Mapped.of(remembered.mapping)
        known = {target.key for target in kind.targets()}
        if set(mapped.fields) <= known:
            return replace(mapped, ignored=mapped.ignored | (own_heads() & set(names)))
    found = _by_name(kind, seen, {})
    locked = _locked(kind)
    left_out = {column for key, column in found.items() if key in locked}
    fields = {key: column for key, column in found.items() if key not in locked}
    return Mapped(fields, frozenset(left_out | (own_heads() & set(names))))


def own_heads() -> frozenset[str]:
    """The columns that a file of refused rows has beside its own, in every language."""
    heads: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            heads.update(refused_heads())
    return frozenset(heads)


def refused_heads() -> tuple[str, str]:
    """The names of the columns that say of a refused row which line it was, and why."""
    return _("Line in the file"), _("Why it was refused")


def complete(kind: Kind, seen: Sequence[ColumnSeen], named: Mapping[str, str]) -> Mapped:
    """What somebody named, and by their names what they did not."""
    names = [column.name for column in seen]
    found = Mapped({**_by_name(kind, seen, named), **named}) if named else suggest(kind, seen)
    locked = _locked(kind)
    left_out = {column for key, column in found.fields.items() if key in locked and key not in named}
    fields = {key: column for key, column in found.fields.items() if column not in left_out}
    return replace(found, fields=fields, ignored=found.ignored | left_out | (own_heads() & set(names)))


def _locked(kind: Kind, system: str = "") -> dict[str, str]:
    """The fields that a system other than this one owns, with its name."""
    return {target.key: str(target.locked) for target in kind.targets() if target.locked not in ("", system)}


def check_mapping(kind: Kind, names: Iterable[str], mapped: Mapped, system: str = "") -> None:
    """Raises BadMapping with everything that does not fit, in the order of the kind's fields: PostgreSQL keeps no order
    of a mapping's own. `system` is the one that sends the file.
    """
    names, problems = list(names), {}
    targets = {target.key: target for target in kind.targets()}
    for key in (*sorted(mapped.fields.keys() - targets), *(key for key in targets if key in mapped.fields)):
        text = mapped.fields[key]
        if key not in targets:
            said = _("There is no field “%(field)s”. Those there are: %(known)s.")
            problems[key] = said % {"field": key, "known": ", ".join(targets)}
            continue
        for column in columns_of(text):
            if column not in names:
                said = _("There is no column “%(column)s”. The file has %(columns)s.")
                problems[key] = said % {"column": column, "columns": ", ".join(names)}
    for key, source in _locked(kind, system).items():
        if key in mapped.fields:
            shown = {"field": targets[key].label, "source": source}
            problems[key] = _("%(field)s comes from %(source)s: change it there.") % shown
    for group in kind.needed():
        if not any(key in mapped.fields for key in group):
            labels = _(" or ").join(str(targets[key].label) for key in group)
            problems[group[0]] = _("No column is chosen for %(field)s.") % {"field": labels}
    if problems:
        raise BadMapping(problems)


def remember(kind: Kind, names: Sequence[str], mapped: Mapped, actor: Member | None) -> None:
    """Keeps the mapping for files with the same columns; one with columns put together belongs to its command line."""
    if any(text not in names for text in mapped.fields.values()):
        return
    RememberedMapping.objects.update_or_create(
        kind=kind.key,
        header=header_digest(names),
        defaults={"mapping": mapped.as_json(), "used_at": clock.now(), "used_by": actor},
    )


def header_digest(names: Iterable[str]) -> str:
    """What names a set of columns, whatever their order; a file of refused rows has that of the file it came from."""
    return blake2b("\0".join(sorted(set(names) - own_heads())).encode(), digest_size=16).hexdigest()


def fold(name: str) -> str:
    """A name to compare by: "Account ID", "account_id" and "accountId" are one."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name).casefold() if letter.isalnum())


def _by_name(kind: Kind, seen: Sequence[ColumnSeen], named: Mapping[str, str]) -> dict[str, str]:
    """A column that is only a part of a named text may be a field of its own as well."""
    folded = {fold(column.name): column for column in reversed(seen)}
    taken = set(named.values())
    found = {}
    for target in kind.targets():
        if target.key in named:
            continue
        names = target.names if target.key in target.names else (target.key, *target.names)
        usual = map(fold, names)
        columns = (folded[name] for name in usual if name in folded)
        column = next((each.name for each in columns if each.name not in taken and _fits(target, each)), None)
        if column is not None:
            found[target.key] = column
            taken.add(column)
    return found


def _fits(target: Target, column: ColumnSeen) -> bool:
    """Whether most of the column's samples can be the field; a locked one is recognised to be left out."""
    if target.fits is None or target.locked or column.holds in (Holds.NUMBER, Holds.DAY, Holds.MOMENT, Holds.YES_NO):
        return True
    return 2 * sum(map(target.fits, column.samples)) >= len(column.samples)
