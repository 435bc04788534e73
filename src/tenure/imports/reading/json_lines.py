"""JSON: one object a line, or a list of objects, or {type: {id: fields}} as PostHog keeps its groups."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import IO, Any, ClassVar, Final

import msgspec
from django.utils.translation import gettext as _

from tenure.imports.errors import BadImport
from tenure.imports.reading.sheet import Line, Sheet
from tenure.imports.reading.text import TextLine, read_lines
from tenure.lib.nul import without_nul

_AHEAD: Final = 1_000  # rows the columns are told by
MOST_WHOLE: Final = 64 * 2**20  # bytes of a list that has to be read as a whole


class JsonLines(Sheet):
    format: ClassVar[str] = "json"

    def __init__(self, file: IO[bytes], unpacked: IO[bytes], size: int, encoding: str, *, whole: bool) -> None:
        super().__init__(file, size)
        rows = _whole(unpacked) if whole else _each(read_lines(unpacked.read, encoding))
        ahead = list(islice(rows, _AHEAD))
        good = [row for _number, row, _problem, _text in ahead if row is not None]
        if not ahead:
            raise BadImport(_("The file is empty."))
        if not good:
            raise BadImport(_('Line 1: there is no JSON object. Write one a line, such as {"id": 1}.'))
        self.columns = tuple(dict.fromkeys(name for row in good for name in row))
        self._rows = chain(ahead, rows)

    def lines(self) -> Iterator[Line]:
        known = set(self.columns)
        for number, row, problem, text in self._rows:
            if row is None:
                yield Line(number, (), problem, text)
                continue
            extra = {name: value for name, value in row.items() if name not in known}
            yield Line(number, [row.get(name) for name in self.columns], extra=extra)


_Read = tuple[int, Mapping[str, Any] | None, str, str]


def _each(lines: Iterator[TextLine]) -> Iterator[_Read]:
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for number, text, problem in lines:
        if problem:
            yield number, None, problem, text
        elif text.strip():
            try:
                row = decode(text)
                yield number, without_nul(row) if "\\u0000" in text else row, "", ""
            except (msgspec.DecodeError, RecursionError) as error:
                yield number, None, _("This is no JSON object: %(problem)s.") % {"problem": error}, text.rstrip("\r\n")


def _whole(unpacked: IO[bytes]) -> Iterator[_Read]:
    content = unpacked.read(MOST_WHOLE + 1)
    if len(content) > MOST_WHOLE:
        most = MOST_WHOLE // 2**20
        raise BadImport(
            _("A JSON list may have %(most)d MB at most. Write one object a line instead.") % {"most": most}
        )
    try:
        found = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadImport(_("This is no JSON: %(problem)s.") % {"problem": error}) from error
    if isinstance(found, dict) and len(found) == 1 and isinstance(only := next(iter(found.values())), dict):
        found = [{"id": key, **fields} if isinstance(fields, dict) else fields for key, fields in only.items()]
    if not isinstance(found, list):
        raise BadImport(_("The file must hold a list of objects, or one object of ids and their fields."))
    has_nul = b"\\u0000" in content
    for number, row in enumerate(found, 1):
        if isinstance(row, dict):
            yield number, without_nul(row) if has_nul else row, "", ""
        else:
            yield number, None, _("This is no JSON object."), msgspec.json.encode(row).decode()[:2000]
