"""What the sources ask gettext for, found without GNU gettext: Python by its syntax tree, templates by Django's lexer."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parents[2] / "src/tenure"
_CALLS = {
    "_": 0,
    "gettext": 0,
    "gettext_lazy": 0,
    "gettext_noop": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
}
_IN_TEMPLATE = re.compile(
    r"""\b(p?n?gettext)\((u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))(?:\s*,\s*(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")))?"""
)


def asked_for() -> set[str]:
    """Every English text of templates and code; of plurals the singular."""
    return {text for path in PACKAGE.rglob("*.py") for text in _in_python(path)} | {
        text for path in templates() for text in _in_template(path)
    }


def templates() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.html") if "static" not in path.parts]


def _in_python(path: Path) -> Iterator[str]:
    source = path.read_text()
    for node in ast.walk(ast.parse(source)) if "gettext" in source else ():
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        at = _CALLS.get(name)
        if at is not None and len(node.args) > at and isinstance(node.args[at], ast.Constant):
            yield node.args[at].value


def _in_template(path: Path) -> Iterator[str]:
    for call, first, second in _IN_TEMPLATE.findall(templatize(path.read_text())):
        yield ast.literal_eval(second if call == "pgettext" else first)
