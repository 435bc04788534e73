"""Parquet files."""

from collections.abc import Iterator
from typing import IO, Any, ClassVar, Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport
from tenure.imports.reading.sheet import Line, Sheet, named_columns
from tenure.lib.nul import without_nul

_BATCH: Final = 2_000


class Parquet(Sheet):
    format: ClassVar[str] = "parquet"

    def __init__(self, file: IO[bytes], size: int) -> None:
        super().__init__(file, size)
        try:
            self._table = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            raise BadImport(_("This Parquet file cannot be read: %(problem)s.") % {"problem": error}) from error
        self.columns = named_columns(self._table.schema_arrow.names, 1)
        self._count = max(self._table.metadata.num_rows, 1)
        self._read = 0

    @property
    def done(self) -> int:
        return int(self.size * self._read // self._count)

    def lines(self) -> Iterator[Line]:
        try:
            for batch in self._table.iter_batches(_BATCH):
                columns = [column.to_pylist() for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    self._read += 1
                    yield Line(self._read, [_plain(cell) for cell in cells])
        except (pa.ArrowException, OSError) as error:
            said = _("Row %(line)d: the file breaks off: %(problem)s.") % {"line": self._read + 1, "problem": error}
            raise BadImport(said) from error


def _plain(cell: Any) -> Any:
    return without_nul(cell.decode(errors="replace") if isinstance(cell, bytes) else cell)
