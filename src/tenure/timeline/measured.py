"""What the numbers tell: changes of health, users who came and left, first use of a feature. Each on a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.accounts.models import User
from tenure.events.features import features_of_events
from tenure.timeline.entry import Asked, Entry, Key, Kind
from tenure.ui import numbers
from tenure.ui.states import look
from tenure.warehouse.schema import HEALTH_COLUMNS, HealthState
from tenure.warehouse.store import Store

SILENT_DAYS = 28  # a user not seen for so long is told as gone
SHOWN_NAMES = 5
CAME, BACK, GONE = 1, 2, 3


def measured(store: Store, kinds: frozenset[Kind], asked: Asked) -> list[Entry]:
    """Entries of the kinds, latest first; none when a person or a text is asked for."""
    if asked.person is not None or asked.text:
        return []
    tellers = {Kind.HEALTH: _health, Kind.USER: _users, Kind.FEATURE: _features}
    found = [entry for kind, tell in tellers.items() if kind in kinds for entry in tell(store, asked)]
    found.sort(key=lambda entry: entry.key, reverse=True)
    return found[: 3 * asked.limit]


def _health(store: Store, asked: Asked) -> Iterator[Entry]:
    """Each day on which the state is another than on the day before it that has one."""
    first = asked.first_day or asked.day
    rows = store.account_series([asked.account_id], HEALTH_COLUMNS, min(first, asked.day), asked.day)
    before: HealthState | None = None
    score_before: float | None = None
    version_before: float | None = None
    for _account, day, *values in rows:
        score, code, version = values
        state = HealthState(int(code or 0))
        if before is not None and state != before and asked.holds(key := _key(day, Kind.HEALTH, 0, asked)):
            lines = [_("Score %(before)s → %(after)s") % _scores(score_before, score)]
            if version != version_before:
                lines.append(_("The health definition was changed"))
            seen = look(state)
            yield Entry(
                Kind.HEALTH,
                key,
                icon="heartbeat",
                title=_("Health: %(before)s → %(after)s") % {"before": look(before).word, "after": seen.word},
                lines=tuple(lines),
                href=f"{reverse('customers:page', args=[asked.account_id])}?day={day.isoformat()}#what-changed",
                tone=seen.tone,
                whole_day=True,
            )
        before, score_before, version_before = state, score, version


def _users(store: Store, asked: Asked) -> Iterator[Entry]:
    """Users by day: seen for the first time, not seen for SILENT_DAYS, seen again after that."""
    told: dict[tuple[date, int], list[int]] = defaultdict(list)
    known: set[int] = set()
    for run in store.user_runs(asked.account_id, asked.day, SILENT_DAYS):
        told[run.first_day, BACK if run.user_id in known else CAME].append(run.user_id)
        known.add(run.user_id)
        if (silent := run.last_day + timedelta(days=SILENT_DAYS)) <= asked.day:
            told[silent, GONE].append(run.user_id)
    keys = {place: _key(place[0], Kind.USER, place[1], asked) for place in told}
    places = sorted((place for place in told if asked.holds(keys[place])), reverse=True)[: asked.limit]
    names = _names({user for place in places for user in told[place][:SHOWN_NAMES]})
    for place in places:
        users, what = told[place], place[1]
        shown = [names.get(user, f"#{user}") for user in users[:SHOWN_NAMES]]
        yield Entry(
            Kind.USER,
            keys[place],
            icon={CAME: "user-plus", BACK: "user-check", GONE: "user-minus"}[what],
            title=_users_title(what, len(users)) % {"count": len(users), "days": SILENT_DAYS},
            lines=(_and_more(shown, len(users)),),
            href="#users",
            whole_day=True,
        )


def _features(store: Store, asked: Asked) -> Iterator[Entry]:
    """Features by the day any of their events came for the first time."""
    used = store.first_uses(asked.account_id, asked.day)
    of_event = features_of_events() if used else {}
    first: dict[str, date] = {}
    for event_id, day in used:
        if event_id in of_event:
            first.setdefault(of_event[event_id][1], day)
    by_day: dict[date, list[str]] = defaultdict(list)
    for name, day in first.items():
        by_day[day].append(name)
    for day, names in by_day.items():
        if asked.holds(key := _key(day, Kind.FEATURE, 0, asked)):
            title = ngettext("First use of %(count)d feature", "First use of %(count)d features", len(names))
            yield Entry(
                Kind.FEATURE,
                key,
                icon="puzzle",
                title=title % {"count": len(names)},
                lines=(_and_more(sorted(names)[:SHOWN_NAMES], len(names)),),
                href=f"{reverse('customers:page', args=[asked.account_id])}?day={day.isoformat()}",
                whole_day=True,
            )


def _users_title(what: int, count: int) -> str:
    if what == CAME:
        return ngettext(
            "%(count)d user was seen for the first time", "%(count)d users were seen for the first time", count
        )
    if what == BACK:
        return ngettext("%(count)d user is back", "%(count)d users are back", count)
    return ngettext(
        "%(count)d user was not seen for %(days)d days", "%(count)d users were not seen for %(days)d days", count
    )


def _and_more(names: list[str], count: int) -> str:
    text = _(", ").join(names)
    more = count - len(names)
    if not more:
        return text
    return ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more) % {"names": text, "more": more}


def _names(users: set[int]) -> dict[int, str]:
    return {pk: str(user) for pk, user in User.objects.in_bulk(users).items()}


def _scores(before: float | None, after: float | None) -> dict[str, str]:
    """Both without decimals, but where they would read the same."""
    whole = {"before": numbers.number(before, 0), "after": numbers.number(after, 0)}
    if whole["before"] != whole["after"]:
        return whole
    return {"before": numbers.number(before, 1), "after": numbers.number(after, 1)}


def _key(day: date, kind: Kind, number: int, asked: Asked) -> Key:
    """What is known of a day stands at its end: it is made of the whole day."""
    end = datetime.combine(day + timedelta(days=1), time(), asked.zone) - timedelta(microseconds=1)
    return Key(end, kind.rank, number)
