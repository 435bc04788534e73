"""Conditions and histories by chance, from a seed: documents over fields.FIELDS that split small companies often.

Plain random numbers instead of Hypothesis: its examples tend to be simple, and three of four conditions meant nobody.
"""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tenure.core.reference.facts import FactRow
from tests.core.conditions.history import World

FIRST = date(2024, 2, 27)
DAYS = [FIRST + timedelta(days=n) for n in range(15)]  # a leap day; summer time begins in New York on 10 March
YEAR_BEFORE = [date(2023, 2, 27) + timedelta(days=n) for n in range(13)]
ACCOUNTS = range(1, 7)
VALUES = (-1, 0, 0.1, 2, 2.5, 3, 100)
NUMBERS = ("metric.events_7", "metric.breadth", "health.score", "fact.seats", "metric.never_written")
DATES = ("2024-02-29", "2024-03-04", "2024-03-09", {"days": -3}, {"days": 0}, {"days": 5})
TEXTS = ("a", "Retail", "rETAIL ", "零售", "%_\\x'", "İσ", "true", "3")
OPTIONS = {
    "health.state": ("at_risk", "average", "healthy", "none"),
    "fact.plan": ("basic", "pro"),
    "fact.chances": ("seats", "product", "term"),
    "fact.sponsor": (1, 2, 3),
    "charge.csm": (1, 2, 3),
}
SAID = {
    "seats": ("3", "2.5", "0", "100", '"3"', "null", "1e400", "[1]"),
    "plan": ('"basic"', '"pro"', '"Pro"', "null", '""'),
    "chances": ('["seats"]', '["product","seats"]', '"term"', "[]", "null", '[1,"term"]'),
    "industry": ('"Retail"', '"retail \\"x\\""', '"零售业"', '"%_\\\\x\'"', '"İΣ"', "3", "true", '{"a":1}', "null"),
    "trained": ("true", "false", "true", "false", "null", '"true"', "1"),
    "renewal": ('"2024-02-29"', '"2024-03-09T10:00:00Z"', '"2024-03-07"', '"2024-02-30"', '"1850-01-01"', "20240301"),
    "sponsor": ("1", "2", "[3,1]", '"1"', "-1", "1.5", "null", "12345678901"),
}
Document = dict[str, object]


def condition(chance: Random, depth: int = 3) -> Document:
    """A document with up to so many levels of branches."""
    kind = chance.choice(("all", "any", "not", "held", "became", "leaf", "leaf")) if depth else "leaf"
    match kind:
        case "leaf":
            return leaf(chance)
        case "not":
            return {"not": condition(chance, depth - 1)}
        case "held" | "became":
            return {kind: condition(chance, depth - 1), "days": chance.randint(1, 4)}
    return {kind: [condition(chance, depth - 1) for _ in range(chance.randint(1, 3))]}


def leaf(chance: Random) -> Document:
    kinds = (_number, _number, _rank, _rank, _date, _text, _choice, _choice, _known)
    return chance.choice(kinds)(chance)


def _number(chance: Random) -> Document:
    comparison = chance.choice(("=", "!=", "<", "<=", ">", ">=", "between"))
    value = sorted(chance.sample(VALUES, 2)) if comparison == "between" else chance.choice(VALUES)
    return {**_operand(chance), "comparison": comparison, "value": value}


def _rank(chance: Random) -> Document:
    best = chance.choice(({"count": chance.randint(1, 4)}, {"percent": chance.choice((10, 33.33, 50, 60))}))
    within = chance.choice((None, None, "fact.industry", "health.state", "fact.trained", "fact.plan"))
    return {
        **_operand(chance),
        "comparison": chance.choice(("top", "bottom")),
        "value": best,
        **({"within": within} if within else {}),
    }


def _operand(chance: Random) -> Document:
    field = chance.choices(NUMBERS, (6, 6, 4, 4, 1))[0]
    if chance.random() < 0.6:
        return {"field": field}
    against = chance.choice(({"against": "days_before", "days": chance.randint(1, 4)}, {"against": "year_before"}))
    as_, minimum = chance.choice(("share", "difference")), chance.choice((None, 0, 2))
    return {"field": field, "change": {**against, "as": as_, **({} if minimum is None else {"minimum": minimum})}}


def _date(chance: Random) -> Document:
    comparison = chance.choice(("=", "!=", "<", "<=", ">", ">=", "between", "in_next_days", "in_last_days"))
    value: object = chance.choice(DATES)
    if comparison == "between":
        value = [chance.choice(("2024-02-29", {"days": -3})), chance.choice(("2024-03-09", {"days": 0}, {"days": 5}))]
    elif comparison.endswith("days"):
        value = chance.randint(0, 9)
    return {"field": chance.choice(("fact.renewal", "account.first_day")), "comparison": comparison, "value": value}


def _text(chance: Random) -> Document:
    comparison = chance.choice(("=", "!=", "contains", "not_contains", "starts_with", "in", "not_in"))
    several = comparison in ("in", "not_in")
    value = chance.sample(TEXTS, chance.randint(1, 3)) if several else chance.choice(TEXTS)
    return {"field": "fact.industry", "comparison": comparison, "value": value}


def _choice(chance: Random) -> Document:
    field = chance.choice((*OPTIONS, "fact.trained"))
    if field == "fact.trained":
        return {"field": field, "comparison": "=", "value": chance.random() < 0.5}
    offered = ("contains_any", "contains_all", "contains_none") if field == "fact.chances" else ("in", "not_in")
    options = OPTIONS[field]
    return {
        "field": field,
        "comparison": chance.choice(offered),
        "value": chance.sample(options, chance.randint(1, len(options) - 1)),
    }


def _known(chance: Random) -> Document:
    field = chance.choice((*OPTIONS, *NUMBERS, "fact.trained", "fact.renewal", "account.first_day"))
    return {"field": field, "comparison": chance.choice(("known", "unknown"))}


def world(chance: Random) -> World:
    """Six accounts with some days missing, facts at all hours, corrected and withdrawn, and people in charge."""
    zone = chance.choice((ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")))
    rows = {
        day: {account: _row(chance) for account in ACCOUNTS if chance.random() < 0.85} for day in YEAR_BEFORE + DAYS
    }
    given = {
        account: {
            chance.choice([date(2020, 1, 1), *DAYS]): chance.choice(("[1]", "[2,3]", "[]", "2")) for _ in range(2)
        }
        for account in ACCOUNTS
        if chance.random() < 0.8
    }
    return World(
        rows=rows,
        facts=[_fact(chance, number, zone) for number in range(1, 100)],
        first_days={account: chance.choice([None, date(2023, 1, 1), *DAYS]) for account in ACCOUNTS},
        given=given,
        zone=zone,
    )


def _row(chance: Random) -> dict[str, float | int | None]:
    def number() -> float | None:
        return None if chance.random() < 0.1 else float(chance.choice(VALUES))

    state = None if chance.random() < 0.1 else chance.randint(0, 3)
    return {"m1": number(), "m2": number(), "health_score": number(), "health_state": state}


def _fact(chance: Random, number: int, zone: ZoneInfo) -> FactRow:
    field = chance.choice(tuple(SAID))
    day = chance.choice([date(2021, 5, 1), date(2021, 5, 1), *DAYS])
    at = datetime.combine(day, time(chance.choice((0, 1, 12, 23)), chance.choice((0, 59))), zone)
    corrects = number - 1 if number > 1 and chance.random() < 0.1 else 0
    withdrawal = bool(corrects) and chance.random() < 0.5
    return FactRow(number, chance.choice(ACCOUNTS), field, chance.choice(SAID[field]), at, at, corrects, withdrawal)
