"""What the customers' people do, day by day, as the messages their SDK would send."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from random import Random
from zlib import compress

from tenure.demo.company import DAYS, Customer, Person, customers
from tenure.demo.stories import FEATURES, Moment

_WEEKDAY = (1.0, 1.05, 1.08, 1.04, 0.9, 0.14, 0.1)  # share of a usual day by weekday, Monday first
_FREQUENCY = {
    "Dashboard Viewed": 9, "Report Viewed": 6, "Query Run": 7, "Segment Built": 2, "Funnel Viewed": 3,
    "Alert Opened": 3, "API Called": 6, "Rows Loaded": 3, "Comment Added": 2,
}  # fmt: skip
_TRACK = '{"type":"track"'


@dataclass(frozen=True)
class Past:
    """What happened until `last_day`: for each of `days` the gzipped request bodies of the Segment API."""

    accounts: int
    days: Sequence[date]
    bodies: Iterator[list[bytes]]

    @property
    def last_day(self) -> date:
        return self.days[-1]


@contextmanager
def simulated(last_day: date, accounts: int) -> Iterator[Past]:
    """Makes the past in processes of its own, from now on, while other things are done."""
    days = [last_day - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    with get_context("spawn").Pool(2, _begin, (last_day, accounts)) as pool:
        yield Past(accounts, days, pool.imap(_bodies_of, days, chunksize=4))


_company: tuple[list[Customer], date]


def _begin(last_day: date, accounts: int) -> None:
    global _company
    _company = customers(last_day, accounts), last_day


def _bodies_of(day: date) -> list[bytes]:
    """What is said of people and customers, then what they did, as their servers and their browsers would send it."""
    people, last_day = _company
    messages = [message for customer in people for message in day_of(customer, day, last_day)]
    done = [message for message in messages if message.startswith(_TRACK)]
    said = [message for message in messages if not message.startswith(_TRACK)]
    return [compress(f'{{"batch":[{",".join(each)}]}}'.encode(), 1, wbits=31) for each in (said, done) if each]


def day_of(customer: Customer, day: date, last_day: date, seed: int = 7) -> Iterator[str]:
    """The customer's messages of one day as JSON texts in the shape of the Segment API, in order of time."""
    if day < customer.starts or (customer.ends is not None and day > customer.ends):
        return
    rng = Random(f"{seed}/{customer.id}/{day}")  # noqa: S311
    left = ((customer.ends or last_day) - day).days
    age = (day - customer.starts).days
    moment = customer.story.at(age, left)
    if age % 91 == 0:
        yield _group(customer, day, int(customer.seats * moment.seats))
    busy = _WEEKDAY[day.weekday()]
    number = 0
    for person in customer.people:
        if person.joins > day:
            continue
        if person.joins == day:
            yield _identify(customer, person, day)
        if person.rank > moment.people or rng.random() > busy * min(0.85, 0.45 * person.eager):
            continue
        for text in _session(customer, person, day, moment, rng, number):
            number += 1
            yield text


def _session(customer: Customer, person: Person, day: date, moment: Moment, rng: Random, number: int) -> Iterator[str]:
    at = datetime.combine(day, time(8), UTC) + timedelta(seconds=rng.randrange(9 * 3600))
    names = ["Logged In"]
    pool = [event for feature in moment.features for event in FEATURES[feature]]
    weights = [_FREQUENCY.get(event, 1) for event in pool]
    names += rng.choices(pool, weights, k=1 + int(rng.expovariate(1 / (1.6 * moment.intensity))))
    if rng.random() < moment.errors:
        names.append("Error Shown")
    for name in names:
        at += timedelta(seconds=rng.randrange(5, 400))
        properties = f'{{"plan":"{customer.plan}","duration_s":{rng.randrange(1, 300)}'
        if name == "Rows Loaded":
            properties += f',"rows":{rng.randrange(100, 50_000)}'
        properties += "}"
        yield (
            f'{_TRACK},"messageId":"{customer.id}-{day}-{number}","userId":"{person.id}","event":"{name}",'
            f'"timestamp":"{at.isoformat()}","context":{{"groupId":"{customer.id}"}},"properties":{properties}}}'
        )
        number += 1


def _group(customer: Customer, day: date, seats: int) -> str:
    return json.dumps(
        {
            "type": "group",
            "messageId": f"{customer.id}-{day}-group",
            "userId": customer.people[0].id,
            "groupId": customer.id,
            "timestamp": f"{day}T07:00:00Z",
            "traits": {
                "name": customer.name,
                "plan": customer.plan,
                "industry": customer.industry,
                "country": customer.country,
                "seats": seats,
            },
        },
        ensure_ascii=False,
    )


def _identify(customer: Customer, person: Person, day: date) -> str:
    return json.dumps(
        {
            "type": "identify",
            "messageId": f"{person.id}-{day}-identify",
            "userId": person.id,
            "timestamp": f"{day}T07:30:00Z",
            "traits": {"name": person.name, "email": person.email},
            "context": {"groupId": customer.id},
        },
        ensure_ascii=False,
    )
