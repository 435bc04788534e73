"""Files as people send them."""

import pytest

from tenure.imports.reading.opening import opened
from tenure.imports.reading.sheet import Manner


@pytest.fixture
def reading(tmp_path):
    """Writes a file, reads it whole: (columns, [(line, cells)], [(line, problem)], how it was read)."""

    def read(content, name="file.csv", **manner):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with opened(path, Manner(**manner)) as sheet:
            lines = list(sheet.lines())
            good = [(line.number, list(line.cells)) for line in lines if not line.problem]
            return sheet.columns, good, [(line.number, line.problem) for line in lines if line.problem], sheet.manner

    return read
