"""What a column holds."""

import pytest

from tenure.imports.values.days import Order
from tenure.imports.values.detecting import ColumnKind, Holds, detect


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["", None, " "], ColumnKind(Holds.NOTHING)),
        (["1", "2.5", ""], ColumnKind(Holds.NUMBER)),
        (["￥1,200", "3万"], ColumnKind(Holds.NUMBER)),
        (["0", "1", "1"], ColumnKind(Holds.NUMBER)),
        (["是", "否"], ColumnKind(Holds.YES_NO)),
        (["TRUE", "false"], ColumnKind(Holds.YES_NO)),
        (["007", "008"], ColumnKind(Holds.TEXT)),
        (["2026-03-14", "2026/3/15"], ColumnKind(Holds.DAY)),
        (["2026-03-14 10:00"], ColumnKind(Holds.MOMENT)),
        (["14/3/2026", "3/4/2026"], ColumnKind(Holds.DAY, Order.DAY_FIRST)),
        (["3/4/2026", "5/6/2026"], ColumnKind(Holds.DAY, None, unsure=True)),
        (["Acme", "1", "2026-03-14"], ColumnKind(Holds.TEXT)),
        ([*map(str, range(20)), "n/a"], ColumnKind(Holds.NUMBER)),
    ],
)
def test_it_tells_what_most_cells_are(cells, kind):
    assert detect(cells) == kind
