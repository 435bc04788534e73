"""What the warehouse must hold in the end, computed the slow and obvious way from the set of messages.

Written from docs/data.md alone, so that it can disagree with the loader.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

Item = dict[str, Any]


@dataclass(frozen=True)
class Ending:
    """`rows`: message id -> (event, account, user); users by the id they started with."""

    rows: dict[str, tuple[str, str, str]]
    opened: dict[str, set[str]]  # account -> users seen in it or linked to it
    first_days: dict[str, date]
    counts: dict[tuple[str, date, str], tuple[int, int]]  # account, day, event -> events, distinct users
    users: set[str]  # those not merged into others
    account_traits: dict[str, dict[str, Any]]
    user_traits: dict[str, dict[str, Any]]
    accounts: set[str]  # those that are named


NAMES = {"identify": "$identify", "group": "$groupidentify", "alias": "$create_alias"}


def ending(items: list[Item]) -> Ending:
    claims = _claims(items)
    ids = {item[key] for item in items for key in ("user", "anonymous", "previous") if item.get(key)}
    owner = {each: _owner(each, claims) for each in ids}
    links = _links(items, owner)
    rows, opened, first_days = {}, defaultdict(set), {}
    events: dict[tuple[str, date, str], list[str]] = defaultdict(list)

    def note(account: str, user: str, day: date) -> None:
        if account:
            first_days[account] = min(day, first_days.get(account, day))
            if user:
                opened[account].add(user)

    for item in items:
        user = owner.get(item.get("user") or item.get("anonymous", ""), "")
        account = item.get("account") or _account_at(links[user], item["time"])
        name = NAMES.get(item.get("type", "track")) or item["event"]
        rows[item["id"]] = (name, account, user)
        note(account, user, _day(item["time"]))
        events[account, _day(item["time"]), name].append(user)
    for user, each in links.items():
        for time, account in each:
            note(account, user, _day(time))
    counts = {place: (len(users), len(set(users) - {""})) for place, users in events.items()}
    about_accounts = [(item["account"], item) for item in items if item.get("type") == "group"]
    about_users = [(owner[item["user"]], item) for item in items if item.get("type") == "identify"]
    users = set(owner.values())
    named = {item["account"] for item in items if "account" in item}
    return Ending(rows, dict(opened), first_days, counts, users, _traits(about_accounts), _traits(about_users), named)


def _claims(items: list[Item]) -> dict[tuple[str, str], str]:
    claims: dict[tuple[str, str], str] = {}
    for item in items:
        user = item.get("user") or item.get("anonymous", "")
        for other in (item.get("anonymous"), item.get("previous")):
            if other and other != user:
                claims[other, user] = min(item["time"], claims.get((other, user), item["time"]))
    return claims


def _owner(each: str, claims: dict[tuple[str, str], str]) -> str:
    if any(to == each for _, to in claims):
        return each
    return min(((time, to) for (of, to), time in claims.items() if of == each), default=("", each))[1]


def _links(items: list[Item], owner: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    earliest: dict[tuple[str, str, str, bool], str] = {}
    for item in items:
        identity = item.get("user") or item.get("anonymous")
        if item.get("type") in {"identify", "group"} and item.get("account") and identity:
            hour = (identity, item["account"], item["time"][:13], "file" in item)
            earliest[hour] = min(item["time"], earliest.get(hour, item["time"]))
    links: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (identity, account, *_), time in earliest.items():
        links[owner[identity]].append((time, account))
    return links


def _account_at(links: list[tuple[str, str]], time: str) -> str:
    if not links:
        return ""
    before = [link for link in sorted(links) if link[0] <= time]
    if before:
        return before[-1][1]
    first = min(links)[0]
    return max(account for since, account in links if since == first)


def _traits(about: list[tuple[str, Item]]) -> dict[str, dict[str, Any]]:
    latest: dict[str, dict[str, tuple[str, Any]]] = defaultdict(dict)
    for key, item in about:
        for field, value in (item.get("traits") or {}).items():
            latest[key][field] = max((item["time"], value), latest[key].get(field, ("", value)))
    return {key: {field: value for field, (_, value) in fields.items()} for key, fields in latest.items()}


def _day(time: str) -> date:
    return datetime.fromisoformat(time).astimezone(UTC).date()
