"""The one chart: what it says as plain data. The browser draws it; `{% chart chart %}` puts it in the page.

    Chart(
        title=_("Health over time"), unit="points", series=[Series(_("Score"), [(day, 71.5), ...])],
        bands=[Band(0, 40, "at-risk", _("At risk"))], marks=[Mark(day, _("Definition 2"))],
    )

A point is (x, y) or Point(x, y, href, note); x is a day or a word, y None leaves a gap. Units: count, share (0–1),
points, days, users, features, or any word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tenure.ui import numbers
from tenure.ui.text import Text

X = date | str

# Tones have the same colours as everywhere; "1" to "6" are told apart by colour-blind eyes too.
Tone = Literal[
    "accent", "healthy", "average", "at-risk", "unknown", "gain", "loss", "quiet", "1", "2", "3", "4", "5", "6"
]


@dataclass(frozen=True)
class Point:
    """`href` is where a click leads; `note` is added to the hover (a definition's version, a reason)."""

    x: X
    y: float | None
    href: str = ""
    note: Text = ""


@dataclass(frozen=True)
class Series:
    """`kind` is how it is drawn; series with the same `stack` stand on each other."""

    name: Text
    points: Sequence[Point | tuple[X, float | None]]
    kind: Literal["line", "area", "bar", "step"] = "line"
    tone: Tone = "accent"
    stack: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Mark:
    """A thin dashed upright line with words: a new version, an intervention."""

    x: X
    text: Text


@dataclass(frozen=True)
class Band:
    """A faint horizontal band from `low` to `high` of the y axis."""

    low: float
    high: float
    tone: Tone
    text: Text = ""


@dataclass(frozen=True)
class Chart:
    """A chart over days or words. `title` is the question or the finding; `low`/`high` fix the y axis."""

    title: Text
    series: Sequence[Series]
    unit: str = "count"
    marks: Sequence[Mark] = ()
    bands: Sequence[Band] = ()
    low: float | None = None
    high: float | None = None
    height: int = 240
    note: Text = ""
    name: str = ""  # the x column of the table view when it is not a day

    def spec(self) -> dict[str, Any]:
        """Plain data for the browser: every shared x once, texts formatted here, in the person's language."""
        xs = _ordered_xs(self.series)
        return {
            "kind": "xy",
            "title": str(self.title),
            "unit": self.unit,
            "x": [_x(x) for x in xs],
            "days": bool(xs) and isinstance(xs[0], date),
            "series": [_series(series, xs, self.unit) for series in self.series],
            "marks": [{"x": _x(mark.x), "text": str(mark.text)} for mark in self.marks],
            "bands": [{"low": b.low, "high": b.high, "tone": b.tone, "text": str(b.text)} for b in self.bands],
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True)
class Heat:
    """A heat map: `values[row][column]`, None for an empty cell; `hrefs`, of the same shape, where a click leads."""

    title: Text
    columns: Sequence[X]
    rows: Sequence[Text]
    values: Sequence[Sequence[float | None]]
    unit: str = "count"
    hrefs: Sequence[Sequence[str]] = ()
    note: Text = ""
    name: str = ""
    tone: Tone = "accent"
    row_height: int = 26

    @property
    def height(self) -> int:
        return 44 + self.row_height * max(1, len(self.rows))

    def spec(self) -> dict[str, Any]:
        return {
            "kind": "heat",
            "title": str(self.title),
            "unit": self.unit,
            "x": [_x(column) for column in self.columns],
            "days": bool(self.columns) and isinstance(self.columns[0], date),
            "rows": [str(row) for row in self.rows],
            "values": [[_rounded(value) for value in row] for row in self.values],
            "texts": [[numbers.measure(value, self.unit) for value in row] for row in self.values],
            "hrefs": [list(row) for row in self.hrefs],
            "tone": self.tone,
        }


@dataclass(frozen=True)
class ChartTable:
    """A chart's numbers as a table, for those who want figures and for screen readers."""

    heads: list[str]
    rows: list[list[str]] = field(default_factory=list)


def as_table(chart: Chart | Heat) -> ChartTable:
    """The same numbers, formatted, latest day first."""
    spec = chart.spec()
    if isinstance(chart, Heat):
        rows = [[name, *texts] for name, texts in zip(spec["rows"], spec["texts"], strict=True)]
        return ChartTable([chart.name, *spec["x"]], rows)
    rows = [[x, *(series["texts"][i] for series in spec["series"])] for i, x in enumerate(spec["x"])]
    return ChartTable([chart.name, *(s["name"] for s in spec["series"])], rows[::-1] if spec["days"] else rows)


def _ordered_xs(series: Sequence[Series]) -> list[X]:
    seen: dict[X, None] = {}
    for each in series:
        for point in each.points:
            seen[_point(point).x] = None
    xs = list(seen)
    return sorted(xs, key=str) if xs and isinstance(xs[0], date) else xs


def _series(series: Series, xs: list[X], unit: str) -> dict[str, Any]:
    points = {point.x: point for point in map(_point, series.points)}
    line = [points.get(x) for x in xs]
    hrefs = [point.href if point else "" for point in line]
    notes = [str(point.note) if point else "" for point in line]
    return {
        "name": str(series.name),
        "kind": series.kind,
        "tone": series.tone,
        "stack": series.stack,
        "dashed": series.dashed,
        "y": [_rounded(point.y) if point else None for point in line],
        "texts": [numbers.measure(point.y if point else None, unit) for point in line],
        "hrefs": hrefs if any(hrefs) else [],
        "notes": notes if any(notes) else [],
    }


def _point(point: Point | tuple[X, float | None]) -> Point:
    return point if isinstance(point, Point) else Point(*point)


def _x(x: X) -> str:
    return x.isoformat() if isinstance(x, date) else str(x)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
