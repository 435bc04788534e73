"""Random conditions, as documents over fields.FIELDS, and random histories they can be asked of."""

from datetime import date, timedelta

from hypothesis import strategies as st

FIRST = date(2024, 2, 27)
DAYS = [FIRST + timedelta(days=n) for n in range(15)]  # a leap day; summer time begins in New York on 10 March
YEAR_BEFORE = [date(2023, 2, 27), date(2023, 2, 28), date(2023, 3, 1)]
ACCOUNTS = range(1, 6)

numbers = st.sampled_from([-1, 0, 0.1, 2, 2.5, 3, 100])
change = st.one_of(
    st.fixed_dictionaries({"against": st.just("days_before"), "days": st.integers(1, 4)}),
    st.just({"against": "year_before"}),
    st.fixed_dictionaries(
        {"against": st.just("days_before"), "days": st.just(2)},
        optional={"as": st.sampled_from(["share", "difference"]), "minimum": st.sampled_from([0, 2])},
    ),
)
dates = st.sampled_from(["2024-02-29", "2024-03-04", "2024-03-20", {"days": -3}, {"days": 0}, {"days": 5}])
texts = st.sampled_from(["a", "Retail", "rETAIL ", "零售", "%_\\x'", "İσ", "true", "3"])


def leaf(field: str, comparison: str, value: object = None, **more: object) -> dict[str, object]:
    given = {} if value is None else {"value": value}
    return {"field": field, **more, "comparison": comparison, **given}


def some(values: st.SearchStrategy) -> st.SearchStrategy[list]:
    return st.lists(values, min_size=1, max_size=3, unique_by=str)


def pair(values: st.SearchStrategy) -> st.SearchStrategy[list]:
    return st.tuples(values, values).map(lambda two: sorted(two, key=lambda each: (isinstance(each, dict), rank(each))))


def rank(value: object) -> object:
    return value["days"] if isinstance(value, dict) else value


NUMBERS = ["metric.events_7", "metric.breadth", "metric.never_written", "health.score", "fact.seats"]
order = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
known = st.sampled_from(["known", "unknown"])
best = st.one_of(
    st.fixed_dictionaries({"count": st.integers(1, 4)}),
    st.fixed_dictionaries({"percent": st.sampled_from([10, 33.33, 50, 60, 100])}),
)
number_field = st.sampled_from(NUMBERS)


def with_change(leaves: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    return st.one_of(leaves, st.builds(lambda one, of: {**one, "change": of}, leaves, change))


number_leaves = with_change(
    st.one_of(
        st.builds(leaf, number_field, order, numbers),
        st.builds(leaf, number_field, st.just("between"), pair(numbers)),
        st.builds(leaf, number_field, known),
        st.builds(leaf, number_field, st.sampled_from(["top", "bottom"]), best),
        st.builds(
            leaf,
            number_field,
            st.sampled_from(["top", "bottom"]),
            best,
            within=st.sampled_from(["fact.industry", "health.state", "fact.trained"]),
        ),
    )
)
date_field = st.sampled_from(["fact.renewal", "account.first_day"])
date_leaves = st.one_of(
    st.builds(leaf, date_field, order, dates),
    st.builds(leaf, date_field, st.just("between"), pair(dates)),
    st.builds(leaf, date_field, st.sampled_from(["in_next_days", "in_last_days"]), st.integers(0, 9)),
    st.builds(leaf, date_field, known),
)
text_leaves = st.one_of(
    st.builds(
        leaf,
        st.just("fact.industry"),
        st.sampled_from(["=", "!=", "contains", "not_contains", "starts_with", "<"][:5]),
        texts,
    ),
    st.builds(leaf, st.just("fact.industry"), st.sampled_from(["in", "not_in"]), some(texts)),
    st.builds(leaf, st.just("fact.industry"), known),
)
states = st.sampled_from(["at_risk", "average", "healthy", "none"])
plans = st.sampled_from(["basic", "pro"])
chances = st.sampled_from(["seats", "product", "term"])
choice_leaves = st.one_of(
    st.builds(leaf, st.just("health.state"), st.sampled_from(["=", "!="]), states),
    st.builds(leaf, st.just("health.state"), st.sampled_from(["in", "not_in"]), some(states)),
    st.builds(leaf, st.just("fact.plan"), st.sampled_from(["=", "!="]), plans),
    st.builds(leaf, st.just("fact.plan"), st.sampled_from(["in", "not_in"]), some(plans)),
    st.builds(
        leaf,
        st.just("fact.chances"),
        st.sampled_from(["contains_any", "contains_all", "contains_none"]),
        some(chances),
    ),
    st.builds(leaf, st.just("fact.trained"), st.just("="), st.booleans()),
    st.builds(
        leaf,
        st.sampled_from(["fact.sponsor", "charge.csm"]),
        st.sampled_from(["in", "not_in"]),
        some(st.integers(1, 3)),
    ),
    st.builds(
        leaf,
        st.sampled_from(
            ["health.state", "fact.plan", "fact.chances", "fact.trained", "fact.sponsor", "charge.csm"],
        ),
        known,
    ),
)
leaves = st.one_of(number_leaves, number_leaves, date_leaves, text_leaves, choice_leaves)


def branches(nodes: st.SearchStrategy[dict]) -> st.SearchStrategy[dict]:
    days = st.integers(1, 4)
    return st.one_of(
        st.fixed_dictionaries({"all": st.lists(nodes, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(nodes, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": nodes}),
        st.fixed_dictionaries({"held": nodes, "days": days}),
        st.fixed_dictionaries({"became": nodes, "days": days}),
    )


shallow = st.one_of(leaves, branches(leaves))
documents = st.one_of(shallow, branches(shallow), branches(branches(shallow)))

#: {day: {account: {column: value}}}: what stands in account_day.
column_values = st.none() | numbers.map(float)
row = st.fixed_dictionaries(
    {
        "m1": column_values,
        "m2": column_values,
        "health_score": column_values,
        "health_state": st.none() | st.integers(0, 3),
    }
)
rows = st.fixed_dictionaries(
    {day: st.dictionaries(st.sampled_from(ACCOUNTS), row, min_size=2) for day in DAYS[3:] + YEAR_BEFORE}
)
SAID = {
    "seats": ["3", "2.5", '"3"', "null", "1e400", "[1]"],
    "plan": ['"basic"', '"pro"', '"Pro"', "null", '""'],
    "chances": ['["seats"]', '["product","seats"]', '"term"', "[]", "null", '[1,"term"]'],
    "industry": ['"Retail"', '"retail \\"x\\""', '"零售业"', '"%_\\\\x\'"', '"İΣ"', "3", "true", '{"a":1}', "null"],
    "trained": ["true", "false", "null", '"true"', "1"],
    "renewal": ['"2024-02-29"', '"2024-03-09T10:00:00Z"', '"2024-02-30"', '"1850-01-01"', "20240301", "null"],
    "sponsor": ["1", "2", "[3,1]", '"1"', "-1", "1.5", "null", "12345678901"],
}
