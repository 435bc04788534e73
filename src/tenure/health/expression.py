"""Metrics asked for in one line: a metric's key, or an expression.

count(search, 28)                     events named search in 28 days
count(search, "Report viewed", 28)    of both names
users(28)                             active users by value events
features(28)                          active features
days_since(search, 90)                days since the last one, 90 at most
sum(quote.event_value, 28)            sum of a property
count(search, 28) where plan = "pro" and amount >= 10
value_events_28 / opened_users        a ratio of two metrics by their keys
"""

import re
from collections.abc import Mapping

from tenure.core.metrics import Comparison, MetricKind, MetricSpec, PropertyFilter
from tenure.health.metric_document import LONGEST_WINDOW
from tenure.lib.errors import TenureError
from tenure.lib.whole import whole

FUNCTIONS = {
    "count": MetricKind.COUNT,
    "users": MetricKind.ACTIVE_USERS,
    "features": MetricKind.ACTIVE_FEATURES,
    "days_since": MetricKind.DAYS_SINCE_LAST,
    "sum": MetricKind.PROPERTY_SUM,
}
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*') |
    (?P<number>-?\d+(?:\.\d+)?(?![\w$])) |
    (?P<sign><=|>=|!=|[=<>(),/.]) |
    (?P<word>[\w$][\w$:\-]*)
    )""",
    re.VERBOSE,
)


class BadExpression(TenureError):
    """An expression cannot be read; the message shows where and what was expected."""


class UnknownEvent(TenureError):
    """An expression names an event that has never arrived."""


def parse(text: str, events: Mapping[str, int]) -> MetricSpec | str:
    """The metric an expression describes, or the metric key it is. `events`: ids by name."""
    return _Reader(text, events).read()


class _Reader:
    def __init__(self, text: str, events: Mapping[str, int]) -> None:
        self._text = text
        self._events = events
        self._tokens = list(_tokens(text))
        self._next = 0

    def read(self) -> MetricSpec | str:
        name = self._take("word", "a metric's key or one of " + ", ".join(FUNCTIONS))
        if self._is("("):
            return self._call(name)
        if self._is("/"):
            self._skip("/")
            denominator = self._take("word", "a metric's key")
            self._end()
            return MetricSpec(MetricKind.RATIO, numerator=name, denominator=denominator)
        self._end()
        return name

    def _call(self, function: str) -> MetricSpec:
        if function not in FUNCTIONS:
            raise self._wrong(f"There is no {function}(); there are {', '.join(FUNCTIONS)}.")
        kind = FUNCTIONS[function]
        self._skip("(")
        events: list[int] = []
        of_property: str | None = None
        while not self._at("number"):
            name = self._name("an event's name or a number of days")
            if kind is MetricKind.PROPERTY_SUM:
                self._skip(".", "a point and the property to add up, like sum(order.amount, 28)")
                of_property = self._name("a property's name")
            events.append(self._event(name))
            self._skip(",", "a comma and the number of days")
        if kind is MetricKind.PROPERTY_SUM and (of_property is None or len(events) != 1):
            raise self._wrong("sum() adds up one property of one event, like sum(order.amount, 28).")
        days = self._days()
        self._skip(")")
        where = self._where()
        self._end()
        return MetricSpec(kind, days, tuple(events) or None, where, of_property)

    def _where(self) -> tuple[PropertyFilter, ...]:
        tests: list[PropertyFilter] = []
        while self._is("where" if not tests else "and"):
            self._next += 1
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> PropertyFilter:
        name = self._name("a property's name")
        if self._is("is"):  # is set, is not set
            self._next += 1
            negative = self._is("not")
            self._next += negative
            self._skip("set", "set or not set")
            return PropertyFilter(name, Comparison.NOT_SET if negative else Comparison.SET)
        kind, sign = self._peek()
        if sign not in ("=", "!=", ">", ">=", "<", "<=", "contains"):
            raise self._wrong("Expected =, !=, >, >=, <, <=, contains or is set", here=True)
        self._next += 1
        comparison = Comparison(sign)
        if self._at("number"):
            return PropertyFilter(name, comparison, float(self._take("number", "")))
        if comparison not in (Comparison.IS, Comparison.IS_NOT, Comparison.CONTAINS):
            raise self._wrong(f"{sign} compares with a number", here=True)
        kind, value = self._peek()
        if kind == "word" and value in ("true", "false"):
            self._next += 1
            return PropertyFilter(name, comparison, value == "true")
        return PropertyFilter(name, comparison, self._name("a value"))

    def _event(self, name: str) -> int:
        if name not in self._events:
            raise UnknownEvent(
                f"No event is called {name!r}. Names are written as they arrived; quote those with spaces."
            )
        return self._events[name]

    def _days(self) -> int:
        days = whole(self._take("number", "a number of days"))
        if days is None or not 1 <= days <= LONGEST_WINDOW:
            raise self._wrong(f"A window has 1 to {LONGEST_WINDOW} days.")
        return days

    def _name(self, expected: str) -> str:
        if self._at("text"):
            return self._take("text", expected)
        return self._take("word", expected)

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._next][:2] if self._next < len(self._tokens) else ("end", "")

    def _at(self, kind: str) -> bool:
        return self._peek()[0] == kind

    def _is(self, text: str) -> bool:
        kind, found = self._peek()
        return found == text and kind != "text"

    def _take(self, kind: str, expected: str) -> str:
        if not self._at(kind):
            raise self._wrong(f"Expected {expected}", here=True)
        self._next += 1
        return self._tokens[self._next - 1][1]

    def _skip(self, text: str, expected: str = "") -> None:
        if not self._is(text):
            raise self._wrong(f"Expected {expected or text}", here=True)
        self._next += 1

    def _end(self) -> None:
        if not self._at("end"):
            raise self._wrong("Expected nothing more", here=True)

    def _wrong(self, problem: str, *, here: bool = False) -> BadExpression:
        if not here:
            return BadExpression(problem)
        place = self._tokens[self._next][2] if self._next < len(self._tokens) else len(self._text)
        found = self._text[place:].strip() or "the end"
        return BadExpression(f"{problem}, but found {found!r} in {self._text!r}.")


def _tokens(text: str) -> list[tuple[str, str, int]]:
    """(kind, value, place) of each token."""
    tokens: list[tuple[str, str, int]] = []
    place = 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            raise BadExpression(f"Cannot read {text[place:].strip()!r} in {text!r}.")
        kind = match.lastgroup or ""
        value = match.group(kind)
        if kind == "text":
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        tokens.append((kind, value, match.start(kind)))
        place = match.end()
    return tokens
