"""Rows about things that do not know their rows: what each brought is kept by the row's own id, or by all it says."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from tenure.imports.kinds.contacts import note_replaced
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, State, Verdict
from tenure.imports.kinds.naming import KnownAccounts
from tenure.imports.models import Brought
from tenure.imports.values.texts import read_text
from tenure.people.models import Member

#: A thing's key, how it was (None: not there), and how it is, as JSON.
Told = tuple[int, dict[str, Any] | None, dict[str, Any] | None]
#: Takes back what was added and what was changed; says which of the former are gone, and how many of the latter.
TakeBack = Callable[[Sequence[Told], Member | None], tuple[list[int], int]]


class KnownAgain(Pass):
    """A pass over rows of such a kind, each about something of a customer."""

    def __init__(self, kind: Kind, setting: Setting) -> None:
        super().__init__(setting)
        self.kind = kind
        self.accounts = KnownAccounts()
        self._labels = {target.key: str(target.label) for target in kind.targets()}

    @abstractmethod
    def problems(self, row: Given) -> dict[str, str]:
        """What is wrong with the row, by field."""

    @abstractmethod
    def keep(self, rows: Sequence[tuple[Given, int | None]]) -> list[Told]:
        """Writes things that are new (None) or known by their key; the new ones first, in the order given."""

    @abstractmethod
    def held(self, keys: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
        """What known things say now, by field, and what is in other columns: to show what a row changes."""

    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        self.accounts.read({row.values["account"] for row in rows})
        known = self._known(rows)
        held = self.held({each.object_id for each in known.values()}) if known else {}
        return [self._verdict(row, known.get(key_of(row)), held) for row in rows]

    def write(self, rows: Sequence[Given]) -> None:
        known, import_id = self._known(rows), self.setting.file_import.pk
        pairs = [(row, known.get(key_of(row))) for row in rows]
        told = self.keep([(row, brought.object_id if brought else None) for row, brought in pairs])
        note_replaced(import_id, told)
        new = [row for row, brought in pairs if brought is None]
        Brought.objects.bulk_create(
            (
                Brought(
                    kind=self.kind.key, key=key_of(row), digest=digest_of(row), object_id=pk, file_import_id=import_id
                )
                for row, (pk, _before, _after) in zip(new, told, strict=False)
            ),
            batch_size=500,
        )
        changed = [(row, brought) for row, brought in pairs if brought is not None]
        for row, brought in changed:
            brought.digest = digest_of(row)
        Brought.objects.bulk_update([brought for _row, brought in changed], ["digest"], batch_size=500)

    def tell(self, *, last: bool) -> None:
        """They are nowhere else."""

    def words(self, change: tuple[str, Any, Any]) -> tuple[str, str, str]:
        key, before, after = change
        return self._labels.get(key, key), self._shown(before), self._shown(after)

    def _shown(self, value: Any) -> str:
        if isinstance(value, datetime):
            return value.astimezone(self.setting.zone).strftime("%Y-%m-%d %H:%M")
        return read_text(value)

    def _known(self, rows: Sequence[Given]) -> dict[str, Brought]:
        keys = [key_of(row) for row in rows]
        return {each.key: each for each in Brought.objects.filter(kind=self.kind.key, key__any_of=keys)}

    def _verdict(self, row: Given, known: Brought | None, held: Mapping[int, Mapping[str, Any]]) -> Verdict:
        if problems := self.problems(row):
            return Verdict(State.REFUSED, problems=problems)
        state = State.NEW if known is None else State.SAME if known.digest == digest_of(row) else State.CHANGED
        before = held.get(known.object_id, {}) if known else {}
        said = {key: value for key, value in row.values.items() if key not in ("account", "id")}
        changes = [(key, before.get(key), value) for key, value in {**row.rest, **said}.items()]
        about = self.accounts.name_of(row.values["account"])
        return Verdict(state, about, [change for change in changes if change[1] != change[2]])


def take_back(kind: Kind, setting: Setting, verb: TakeBack) -> Mapping[str, int]:
    """Undoes an import of the kind: what it brought anew is forgotten, what it changed may be brought again."""
    told: list[Told] = list(setting.file_import.replaced.values_list("object_id", "before", "after"))
    removed, back = verb(told, setting.actor)
    known = Brought.objects.filter(kind=kind.key)
    known.filter(object_id__any_of=removed).delete()
    known.filter(object_id__any_of=[key for key, before, _after in told if before is not None]).update(digest="")
    return {"removed": len(removed), "changed": back}


def key_of(row: Given) -> str:
    """What a row's thing is known again by: its id, else everything it says."""
    own = row.values.get("id")
    return _hash(f"id:{own}") if own else digest_of(row)


def digest_of(row: Given) -> str:
    """All that the row says."""
    said = sorted(row.values.items()) + [(f"+{name}", value) for name, value in sorted(row.rest.items())]
    return _hash("\0".join(f"{key}={value}" for key, value in said))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
