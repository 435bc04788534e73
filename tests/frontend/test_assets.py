import gettext
import hashlib
import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "frontend"))

import assets as builder

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Save"
msgstr "{save}"
"""


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout whose libraries are installed and whose build is one line of script."""
    frontend = tmp_path / "frontend"
    (frontend / "src").mkdir(parents=True)
    (frontend / "node_modules").mkdir()
    (frontend / "package-lock.json").write_text("{}")
    (frontend / "node_modules/.lock-hash").write_text(hashlib.sha256(b"{}").hexdigest())
    (frontend / "icons.txt").write_text("")
    script(tmp_path, "fs.mkdirSync(dist, { recursive: true }); fs.appendFileSync(`${dist}/built`, 'x');")
    return tmp_path


def script(root: Path, body: str) -> None:
    head = "import fs from 'node:fs';\nconst dist = process.argv[2];\n"
    (root / "frontend/build.mjs").write_text(head + body)


def builds(root: Path) -> int:
    return len((root / builder.DIST / "built").read_text())


def test_it_builds_once_and_again_when_a_source_changes(checkout):
    builder.ensure(checkout)
    builder.ensure(checkout)
    assert builds(checkout) == 1
    (checkout / "frontend/src/app.js").write_text("1")
    builder.ensure(checkout)
    assert builds(checkout) == 2


def test_it_says_what_the_tool_said_and_tries_again(checkout):
    script(checkout, "throw new Error('no such icon');")
    for _ in range(2):
        with pytest.raises(builder.BuildError, match="no such icon"):
            builder.ensure(checkout)


def test_it_compiles_a_catalogue_that_changed(tmp_path):
    folder = tmp_path / builder.LOCALE / "zh_Hans/LC_MESSAGES"
    folder.mkdir(parents=True)

    def said() -> str:
        builder.ensure_catalogues(tmp_path)
        with (folder / "django.mo").open("rb") as file:
            return gettext.GNUTranslations(file).gettext("Save")

    (folder / "django.po").write_text(PO.format(save="存"))
    assert said() == "存"
    (folder / "django.po").write_text(PO.format(save="保存"))
    os.utime(folder / "django.po", (9e9, 9e9))
    assert said() == "保存"
