"""Two years of follow-ups with the demo's customers, in both languages, as each one's story would have them. Seeded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tenure.accounts.models import Account, Assignment, Contact
from tenure.demo.company import Customer
from tenure.demo.followup_texts import ROUTINE, START, STEPS, STORY
from tenure.people.models import Member
from tenure.work.keeping import Past, PastStep, keep_follow_ups
from tenure.work.models import FollowUp, FollowUpType, Sentiment
from tenure.work.types import types_in_use

_TOUCHES = {"starter": 10, "team": 16, "business": 24, "enterprise": 36}  # of two years
#: How many days before the end a story turns, and how busy its customer's CSM is from then on.
_TURNS = {
    "silent_decline": (120, 0.25),
    "churned": (150, 0.4),
    "champion_left": (75, 1.5),
    "rescued": (170, 3.0),
    "unhappy_delivery": (110, 1.8),
    "one_department": (110, 0.7),
    "built_in_house": (140, 0.8),
    "quota_burning": (120, 1.4),
}
_KINDS = ("call", "call", "meeting", "message", "message", "email", "visit", "training")
_MINUTES = {"call": 20, "meeting": 45, "visit": 90, "training": 60}
_OPEN_SHARE = 0.25  # of the promises of the last weeks
_FEELINGS = {"healthy": (1, 1, 0), "average": (1, 0, 0), "at_risk": (0, -1, -1), "churned": (0, -1, -1), "new": (1, 0)}


def follow_up_customers(people: Sequence[Customer], last_day: date, zone: ZoneInfo, owner: Member) -> None:
    """Writes them all down; does nothing where there are some already."""
    if FollowUp.objects.exists():
        return
    accounts = dict(Account.objects.values_list("external_id", "pk"))
    types = {each.key: each for each in types_in_use()}
    in_charge: dict[int, Member] = {}
    for row in Assignment.objects.filter(until=None, role__key="csm").select_related("member"):
        in_charge[row.account_id] = row.member
    contacts: dict[int, list[tuple[int, str]]] = {}
    for pk, account_id, name in Contact.objects.order_by("pk").values_list("pk", "account", "name"):
        contacts.setdefault(account_id, []).append((pk, name))
    rows: list[Past] = []
    for customer in people:
        if (key := accounts.get(customer.id)) is not None:
            actor = in_charge.get(key, owner)
            rows += _of(customer, key, actor, contacts.get(key, []), types, last_day, zone)
    keep_follow_ups(rows)


def _of(
    customer: Customer,
    account_id: int,
    actor: Member,
    contacts: list[tuple[int, str]],
    types: dict[str, FollowUpType],
    last_day: date,
    zone: ZoneInfo,
) -> Iterator[Past]:
    rng = Random(f"follow-ups/{customer.id}")  # noqa: S311
    end = customer.ends or last_day
    for number, day in enumerate(_days(customer, end, rng)):
        left, turned = (end - day).days, (end - day).days < _TURNS.get(customer.story.key, (0, 0))[0]
        pool = START if number < 2 else STORY[customer.story.key] if turned and customer.story.key in STORY else ROUTINE
        language = 1 if customer.country == "CN" else 0
        met = rng.sample(contacts, min(len(contacts), rng.choice((1, 1, 2))))
        person = met[0][1] if met else customer.name
        notes, outcome = rng.choice(pool)[language]
        kind = rng.choice(_KINDS) if number else "meeting"
        at = datetime.combine(day, time(rng.randrange(9, 18), rng.choice((0, 10, 15, 30, 45))), zone)
        moods = _FEELINGS[customer.story.outcome if turned else "healthy"]
        yield Past(
            account_id,
            types[kind],
            at,
            actor,
            notes.format(person=person, users=len(customer.people), seats=customer.seats, plan=customer.plan),
            outcome,
            _MINUTES.get(kind) and _MINUTES[kind] + 5 * rng.randrange(5),
            Sentiment(rng.choice(moods)) if rng.random() < 0.8 else None,
            tuple(met),
            _steps(rng, at, left, language) if rng.random() < 0.35 else (),
        )


def _days(customer: Customer, end: date, rng: Random) -> list[date]:
    """Workdays of touches: as many as the plan gets, more or fewer of them from the turn of the story on."""
    life = max(1, (end - customer.starts).days)
    count = max(2 if life < 40 else 8, _TOUCHES[customer.plan] * life // 730 + rng.randrange(4))
    turn, busy = _TURNS.get(customer.story.key, (0, 1.0))
    weights = [busy if life - n < turn else 1.0 for n in range(life)]
    days = {customer.starts + timedelta(days=n) for n in rng.choices(range(life), weights, k=count)}
    return sorted({day - timedelta(days=max(0, day.weekday() - 4)) for day in days} | {customer.starts})


def _steps(rng: Random, at: datetime, left: int, language: int) -> tuple[PastStep, ...]:
    due = at.date() + timedelta(days=rng.choice((2, 5, 7, 14)))
    is_open = left < 30 and rng.random() < 2 * _OPEN_SHARE
    done = None if is_open else at + timedelta(days=min(left, rng.randrange(1, 12)), hours=1)
    return (PastStep(rng.choice(STEPS)[language], due, done),)
