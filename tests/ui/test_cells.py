import pytest

from tenure.ui.cells import plain, render
from tenure.ui.table import Badge, Column, Link

EVIL = '"><script>alert(1)</script>'


@pytest.mark.parametrize("value", [EVIL, Link(EVIL, EVIL, sub=EVIL, drawer=True), Badge(EVIL, EVIL)])
def test_it_escapes_whatever_customers_are_called(value):
    assert "<script" not in render(Column("a", "A"), value)


def test_it_exports_words_and_numbers():
    assert plain(Column("a", "A", "state"), 3) == "Healthy"
    assert plain(Column("a", "A"), Link("Acme", "/")) == "Acme"
    assert plain(Column("a", "A", "share"), 0.5) == 0.5
    assert plain(Column("a", "A"), None) is None
