"""A first look at a source, before anything is imported: does it answer, and with which columns?"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from tenure.imports.columns import ColumnSeen, see_columns
from tenure.imports.reading.opening import opened
from tenure.imports.values.texts import read_text
from tenure.imports.verbs import bounded
from tenure.integrations.errors import SourceFailed
from tenure.integrations.integration import Asked, Integration

_ROWS: Final = 1_000
_SHOWN: Final = 8
_SECONDS: Final = 20


@dataclass(frozen=True)
class Looked:
    """What the first table there is has: its columns, and its first rows as texts."""

    columns: Sequence[ColumnSeen]
    rows: Sequence[Sequence[str]]


def look_at(integration: Integration, asked: Asked) -> Looked:
    """Fetches some rows of the first table. Raises SourceFailed, or BadImport for a file that cannot be read."""
    asked = replace(asked, most_rows=_ROWS, seconds=_SECONDS, marks={})
    table = next(iter(integration.tables(asked)), None)
    if table is None:
        raise SourceFailed(_("There is no such file yet. Put one there: its columns are needed."))
    folder: Path = settings.CONFIG.imports_path
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(prefix=".part-", dir=folder) as file:
        for chunk in bounded(table.chunks()):
            file.write(chunk)
        file.flush()
        path = Path(file.name)
        if not path.stat().st_size:
            raise SourceFailed(_("It answers with no row. One at least is needed, to know the columns."))
        with opened(path) as sheet:
            columns = see_columns(sheet)
        with opened(path) as sheet:
            good = (line for line in sheet.lines() if not line.problem)
            rows = [[read_text(cell)[:80] for cell in line.cells] for line in islice(good, _SHOWN)]
    return Looked(columns, rows)
