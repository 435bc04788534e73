"""Values of a field replaced through another file."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec
from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport
from tenure.imports.reading.opening import opened
from tenure.imports.values.texts import read_text

#: {field: {value: replacement}}
Replacing = Mapping[str, Mapping[str, str]]


def read_lookups(texts: Iterable[str]) -> Replacing:
    """Reads "FIELD=FILE:KEY COLUMN:VALUE COLUMN", each for a field of its own; raises BadImport."""
    return dict(map(_read, texts))


def digest_of(replacing: Replacing | None) -> str:
    """What stands for all that is replaced; empty when nothing is."""
    if not replacing:
        return ""
    return blake2b(msgspec.json.encode(replacing, order="deterministic"), digest_size=16).hexdigest()


def _read(text: str) -> tuple[str, dict[str, str]]:
    field, _separator, rest = text.partition("=")
    try:
        file, *columns = rest.rsplit(":", 2)
        key, value = columns
    except ValueError:
        raise BadImport(_("--lookup %(text)s must be FIELD=FILE:KEY COLUMN:VALUE COLUMN.") % {"text": text}) from None
    path = Path(file)
    if not path.is_file():
        raise BadImport(_("There is no file %(path)s.") % {"path": path})
    with opened(path) as sheet:
        for column in columns:
            if column not in sheet.columns:
                said = _("%(path)s has no column “%(column)s”. It has %(columns)s.")
                raise BadImport(said % {"path": path, "column": column, "columns": ", ".join(sheet.columns)})
        at_key, at_value = sheet.columns.index(key), sheet.columns.index(value)
        good = (line.cells for line in sheet.lines() if not line.problem)
        return field, {read_text(cells[at_key]): read_text(cells[at_value]) for cells in good}
