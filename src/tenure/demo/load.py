"""Makes the demo company: source, features, two years of events through the real inbox and loader, and its numbers."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

from tenure.config import Config
from tenure.demo.assignments import assign_customers
from tenure.demo.cards import fill_cards
from tenure.demo.company import DAYS, SOURCE_NAME, WRITE_KEY, Customer, customers
from tenure.demo.contacts import meet_contacts
from tenure.demo.followups import follow_up_customers
from tenure.demo.memberships import follow_the_past
from tenure.demo.people import hire
from tenure.demo.segments import save_segments
from tenure.demo.simulate import Past
from tenure.demo.stories import BASE_EVENTS, FEATURES
from tenure.demo.tags import mark_customers
from tenure.events import catalogue
from tenure.events.inbox.store import Arrival, Inbox
from tenure.events.loader import Loader
from tenure.events.message import Request
from tenure.events.models import EventKind, Source
from tenure.events.names import Names
from tenure.events.sources import create_source
from tenure.health.close_day import close_days
from tenure.jobs.models import Job, JobState
from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.people.models import Member, Role
from tenure.warehouse.store import Store

OWNER_EMAIL = "demo@tenure.example"
OWNER_PASSWORD = "demo-prism-2026"  # noqa: S105  (printed on start; the demo holds no real data)

#: Told (what, done, total).
Progress = Callable[[str, int, int], None]
STORIES = "stories.json"
_DAYS_AT_ONCE = 40


def is_begun() -> bool:
    """Whether somebody began to make the demo company here."""
    return Source.objects.filter(name=SOURCE_NAME).exists()


def is_made(config: Config) -> bool:
    """Whether the demo company is here, whole: its stories are written last. Asks no database."""
    return (config.data / STORIES).exists()


def make(config: Config, inbox: Inbox, store: Store, loader: Loader, progress: Progress, past: Past) -> None:
    """Fills an empty data folder. Started again after an interruption it goes on without counting anything twice."""
    first_day, last_day = past.days[0], past.last_day
    owner = _owner()
    source = Source.objects.filter(name=SOURCE_NAME).first() or create_source(SOURCE_NAME, actor=owner, key=WRITE_KEY)
    hire(owner, last_day, config.zone, OWNER_PASSWORD)
    _describe_product(owner, store)
    for number, bodies in enumerate(past.bodies, 1):
        requests = [Request("batch", body, "", "application/json", "gzip") for body in bodies]
        inbox.put([Arrival(source.pk, "segment", to_us(clock.now()), request) for request in requests])
        if number % _DAYS_AT_ONCE == 0 or number == DAYS:
            loader.load_all()
        progress("events", number, DAYS)
    close_days(first_day, last_day, store=store, zone=config.zone, progress=lambda a, b: progress("days", a, b))
    people = customers(last_day, past.accounts)
    assign_customers(people, last_day, config.zone)
    fill_cards(people, owner, last_day, config.zone)
    meet_contacts(people, last_day, owner)
    follow_up_customers(people, last_day, config.zone, owner)
    save_segments(last_day, config.zone)
    follow_the_past(store, last_day, config.zone)
    mark_customers(owner, store, last_day, config.zone)
    _write_stories(config, people, last_day)


def _owner() -> Member:
    return Member.objects.filter(email=OWNER_EMAIL).first() or Member.objects.create_user(
        OWNER_EMAIL, OWNER_PASSWORD, name="Demo", role=Role.OWNER
    )


def _describe_product(owner: Member, store: Store) -> None:
    """The vendor's own view of its product: features, and which events are only base behaviour."""
    names = [*BASE_EVENTS, *(event for events in FEATURES.values() for event in events)]
    known = Names()
    known.admit({name: EventKind.TRACK for name in names if name not in known.ids})
    for feature, events in FEATURES.items():
        catalogue.group_by_name(feature, events, actor=owner, store=store)
    for event in BASE_EVENTS:
        catalogue.mark_by_name(event, "base", actor=owner, store=store)
    # Every day is closed below anyway: nothing is left for these jobs to do.
    Job.objects.filter(state=JobState.WAITING).delete()


def _write_stories(config: Config, people: list[Customer], last_day: date) -> None:
    """Keeps the ground truth beside the data: what happened to whom, for checks of what Tenure finds."""
    truth = {
        "made_at": datetime.now(UTC).isoformat(),
        "last_day": last_day,
        "accounts": {
            each.id: {"story": each.story.key, "outcome": each.story.outcome, "starts": each.starts, "ends": each.ends}
            for each in people
        },
    }
    (config.data / STORIES).write_text(json.dumps(truth, indent=1, default=str))
