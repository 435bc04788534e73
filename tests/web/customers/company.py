"""Twelve accounts over 400 days, each with a story, as the loader would have written them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pyarrow as pa

from tenure.accounts.models import Account, Identity, User, UserLink
from tenure.events.models import EventClass, EventKind, EventType, Feature
from tenure.warehouse.schema import EVENT
from tenure.warehouse.store import Batch, Store
from tests.keys import pass_over

TODAY = date(2026, 6, 30)  # the last day with numbers
DAYS = 400
FIRST = TODAY - timedelta(days=DAYS - 1)

FEATURES = {1: "Reports", 2: "Dashboards", 3: "API"}
EVENTS = {  # id: (name, class, feature)
    1: ("Report Viewed", EventClass.VALUE, 1),
    2: ("Report Exported", EventClass.VALUE, 1),
    3: ("Dashboard Opened", EventClass.VALUE, 2),
    4: ("Alert Created", EventClass.VALUE, None),  # a feature of its own
    5: ("API Called", EventClass.VALUE, 3),
    6: ("Signed In", EventClass.BASE, None),
    7: ("Page", EventClass.IGNORED, None),
}
EVERYTHING = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Story:
    """`chance(days ago)` is a user's chance to be active on a day; events are drawn from `uses`."""

    id: int
    name: str
    users: int
    uses: tuple[int, ...]
    rates: tuple[tuple[int, float], ...]  # (from days ago, chance), latest first
    began: int = DAYS - 1  # days ago

    def chance(self, ago: int) -> float:
        return next(chance for since, chance in self.rates if ago <= since) if ago <= self.began else 0.0


def steady(chance: float) -> tuple[tuple[int, float], ...]:
    return ((DAYS, chance),)


STORIES = (
    Story(1, "Alder Logistics", 14, EVERYTHING, steady(0.5)),
    Story(2, "Birch Foods", 12, EVERYTHING, ((60, 0.6), (150, 0.35), (DAYS, 0.15))),  # growing
    Story(3, "Cedar Health", 16, (1, 2, 3), ((12, 0.01), (30, 0.05), (60, 0.2), (DAYS, 0.5))),  # silent decline
    Story(4, "Dahlia Media", 8, (1, 3), ((45, 0.0), (DAYS, 0.4))),  # stopped
    Story(5, "Elm Studio", 4, (1,), steady(0.5), began=6),  # new
    Story(6, "Fir Energy", 1, (1, 2, 3, 4), steady(0.7)),  # one champion
    Story(7, "Gorse Travel", 10, (1,), steady(0.4)),  # one feature
    Story(8, "Hazel Bank", 18, EVERYTHING, steady(0.45)),
    Story(9, "Iris Books", 6, (1, 3, 4), steady(0.12)),
    Story(10, "Juniper Labs", 9, (1, 2, 3), ((20, 0.5), (90, 0.04), (DAYS, 0.4))),  # rescued
    Story(11, "Kelp Marine", 5, (3, 4), steady(0.3)),
    Story(12, "青竹科技", 7, EVERYTHING, steady(0.35)),
)
SILENT_USERS = 2  # of each account: linked, never seen


def write_names() -> None:
    """The rows of the operational database."""
    Feature.objects.bulk_create(Feature(pk=pk, name=name) for pk, name in FEATURES.items())
    EventType.objects.bulk_create(
        EventType(pk=pk, name=name, kind=EventKind.TRACK, event_class=event_class, feature_id=feature)
        for pk, (name, event_class, feature) in EVENTS.items()
    )
    Account.objects.bulk_create(
        Account(
            pk=story.id,
            external_id=f"acct-{story.id:03}",
            name=story.name,
            traits=_traits(story),
            first_day=_began(story),
        )
        for story in STORIES
    )
    users = [(story, number) for story in STORIES for number in range(1, story.users + SILENT_USERS + 1)]
    User.objects.bulk_create(
        User(pk=user_id(story, n), name=f"User {story.id}-{n}", email=f"u{n}@{story.id}.example") for story, n in users
    )
    Identity.objects.bulk_create(
        Identity(
            pk=user_id(story, n),
            external_id=f"login-{story.id}-{n}",
            home_id=user_id(story, n),
            user_id=user_id(story, n),
        )
        for story, n in users
    )
    UserLink.objects.bulk_create(
        UserLink(
            identity_id=user_id(story, n), user_id=user_id(story, n), account_id=story.id, since=_noon(_began(story))
        )
        for story, n in users
    )
    pass_over(Feature, EventType, Account, User, Identity)


def write_events(store: Store) -> None:
    """The warehouse's events and dimensions."""
    write_classes(store)
    store.set_accounts((story.id, story.name, f"acct-{story.id:03}", _began(story)) for story in STORIES)
    rows = list(_events())
    links = [
        (story.id, user_id(story, n), _began(story))
        for story in STORIES
        for n in range(1, story.users + SILENT_USERS + 1)
    ]
    columns = list(zip(*rows, strict=True))
    table = pa.table([pa.array(values, field.type) for values, field in zip(columns, EVENT, strict=True)], schema=EVENT)
    store.append(Batch(table, position=1, links=links))


def write_classes(store: Store) -> None:
    """What each event counts as."""
    store.set_events(
        (pk, event_class, feature or (-pk if event_class == EventClass.VALUE else 0))
        for pk, (_n, event_class, feature) in EVENTS.items()
    )


def user_id(story: Story, number: int) -> int:
    return story.id * 100 + number


def _events() -> Iterator[tuple[object, ...]]:
    chance = random.Random(7)
    for story in STORIES:
        for ago in range(min(story.began, DAYS - 1), -1, -1):
            day = TODAY - timedelta(days=ago)
            for number in range(1, story.users + 1):
                if chance.random() < story.chance(ago):
                    yield from _visit(story, number, day, chance)


def _visit(story: Story, number: int, day: date, chance: random.Random) -> Iterator[tuple[object, ...]]:
    for event in (6, *chance.choices(story.uses, k=chance.randint(1, 3))):
        at = datetime.combine(day, time(chance.randint(8, 17), chance.randint(0, 59), chance.randint(0, 59)))
        properties = f'{{"plan":"pro","seconds":{chance.randint(1, 90)},"tags":["a","b"]}}'
        yield (
            chance.randbytes(16),
            story.id,
            user_id(story, number),
            user_id(story, number),
            event,
            at,
            day,
            at,
            True,
            properties,
        )


def _traits(story: Story) -> dict[str, object]:
    return {"industry": "Logistics", "plan": "pro", "seats": story.users + 5, "website": f"https://{story.id}.example"}


def _began(story: Story) -> date:
    return TODAY - timedelta(days=story.began)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
