"""Rows of a file, one at a time: CSV (comma, semicolon or tab), JSON lines, JSON, Parquet; gzip or not."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from tenure.imports.errors import BadImport

MAX_LINE: Final = 2**20  # bytes; a longer line is a bad row
_FORMATS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "json",
    ".parquet": "parquet",
}


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be read, as it stands in the file."""

    text: str
    problem: str


Row = Mapping[str, Any] | BadRow


class Table:
    """An open file. `columns` are known before the first row; `done` of `size` bytes are read."""

    def __init__(self, path: Path) -> None:
        self.kind = _kind(path)
        self.size = path.stat().st_size or 1
        self._path = path
        self._file: IO[bytes] = path.open("rb")
        unpacked = gzip.GzipFile(fileobj=self._file) if path.suffix == ".gz" else self._file
        self._bytes: IO[bytes] = io.BufferedReader(unpacked, 2**18)
        self._first: Row | None = None
        self.columns: list[str] = []
        try:
            self._rows = getattr(self, f"_open_{self.kind}")()
        except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
            raise BadImport(f"{path} cannot be read: {error}.") from error

    @property
    def done(self) -> int:
        return self._file.tell() if not self._file.closed else self.size

    def rows(self) -> Iterator[Row]:
        """Every row, good or bad. A file that breaks off (a cut gzip) ends with a BadImport."""
        try:
            yield from self._rows
        except (OSError, EOFError) as error:
            raise BadImport(f"{self._path} breaks off: {error}. The rows before were imported.") from error
        finally:
            self._file.close()

    def _open_csv(self) -> Iterator[Row]:
        text = io.TextIOWrapper(self._bytes, "utf-8-sig", errors="replace", newline="")
        header = text.readline()
        delimiter = max(",;\t", key=header.count)
        self.columns = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        if not any(self.columns):
            raise BadImport(f"{self._path} has no header line with the names of its columns.")
        return self._csv_rows(csv.reader(text, delimiter=delimiter), delimiter)

    def _csv_rows(self, reader: Any, delimiter: str) -> Iterator[Row]:
        columns, width = self.columns, len(self.columns)
        while True:
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield BadRow(f"line {reader.line_num}", str(error))
                continue
            if len(values) == width:
                yield dict(zip(columns, values, strict=True))
            elif values:
                problem = f"{len(values)} values for {width} columns"
                yield BadRow(delimiter.join(values)[:MAX_LINE], problem)

    def _open_ndjson(self) -> Iterator[Row]:
        rows = self._ndjson_rows()
        ahead: list[Row] = []
        for row in rows:
            ahead.append(row)
            if not isinstance(row, BadRow):
                self.columns = list(row)
                break
            if len(ahead) == 100:
                raise BadImport(f"{self._path} does not hold one JSON object a line.")
        return _chain(ahead, rows)

    def _ndjson_rows(self) -> Iterator[Row]:
        decode = msgspec.json.Decoder(dict[str, Any]).decode
        while line := self._bytes.readline(MAX_LINE):
            if not line.strip():
                continue
            try:
                yield decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield BadRow(line.decode(errors="replace").rstrip("\n"), str(error))

    def _open_json(self) -> Iterator[Row]:
        """A list of objects, or {type: {id: {field: value}}} as PostHog keeps its groups."""
        try:
            whole = msgspec.json.decode(self._bytes.read())
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BadImport(f"{self._path} is no JSON: {error}.") from error
        if isinstance(whole, list) and all(isinstance(each, dict) for each in whole):
            rows: list[dict[str, Any]] = whole
        elif isinstance(whole, dict) and len(whole) == 1 and isinstance(only := next(iter(whole.values())), dict):
            rows = [{"id": key, **fields} for key, fields in only.items() if isinstance(fields, dict)]
        else:
            raise BadImport(f"{self._path} must hold a list of objects, or one object of ids and their fields.")
        self.columns = list(dict.fromkeys(name for row in rows for name in row))
        return iter(rows)

    def _open_parquet(self) -> Iterator[Row]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            file = pq.ParquetFile(self._bytes if self._path.suffix == ".gz" else self._file)
        except (pa.ArrowInvalid, OSError) as error:
            raise BadImport(f"{self._path} is no Parquet file: {error}.") from error
        self.columns = list(file.schema_arrow.names)
        return (
            {name: _plain(value) for name, value in row.items()}
            for batch in file.iter_batches(10_000)
            for row in batch.to_pylist()
        )


def digest(path: Path, *read_as: object) -> str:
    """32 hexadecimal characters that stand for the file's bytes and for what it is read as."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: blake2b(digest_size=16))
    digest.update(repr(read_as).encode())
    return digest.hexdigest()


def _kind(path: Path) -> str:
    name = path.with_suffix("") if path.suffix == ".gz" else path
    kind = _FORMATS.get(name.suffix.lower())
    if kind is None:
        raise BadImport(f"{path}: files end in {', '.join(_FORMATS)}, with or without .gz.")
    if not path.is_file():
        raise BadImport(f"There is no file {path}.")
    return kind


def _chain(ahead: list[Row], rows: Iterator[Row]) -> Iterator[Row]:
    yield from ahead
    yield from rows


def _plain(value: Any) -> Any:
    """A Parquet value as JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value
