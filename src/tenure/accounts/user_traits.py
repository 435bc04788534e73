"""What calls and files say about users: kept by id with its time, projected on the user the id belongs to."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from tenure.accounts.models import FileStatement, Identity, User
from tenure.accounts.search.keeping import names_changed
from tenure.accounts.values import canonical
from tenure.lib.bulk import update_rows
from tenure.lib.instants import to_datetime, to_us

#: field -> (time in microseconds, value)
Timed = Mapping[str, tuple[int, Any]]


def latest(*sources: Timed) -> dict[str, tuple[int, Any]]:
    """Of each field the value of the latest time; of one time the greater canonical text. Order does not matter."""
    found: dict[str, tuple[int, Any]] = {}
    for source in sources:
        for field, (time_us, value) in source.items():
            held = found.get(field)
            if held is None or (time_us, canonical(value)) > (held[0], canonical(held[1])):
                found[field] = (time_us, value)
    return found


def timed_of(at: datetime, traits: Mapping[str, Any]) -> Timed:
    """What was said at one time."""
    at_us = to_us(at)
    return {field: (at_us, value) for field, value in traits.items()}


def record_traits(said: Mapping[int, Timed]) -> set[int]:
    """Keeps what was said by identity id; returns the users to project. Within the caller's transaction."""
    changed = []
    for identity in Identity.objects.filter(pk__any_of=said):
        kept = {field: list(each) for field, each in latest(identity.traits, said[identity.pk]).items()}
        if kept != identity.traits:
            identity.traits = kept
            changed.append(identity)
    update_rows(changed, ["traits"])
    return {identity.user_id for identity in changed}


def project_traits(user_ids: Collection[int]) -> None:
    """Writes name, e-mail and traits of these users from what is kept by their ids."""
    by_user: dict[int, list[Timed]] = {user_id: [] for user_id in user_ids}
    for user_id, traits in Identity.objects.filter(user_id__any_of=by_user).values_list("user_id", "traits"):
        by_user[user_id].append(traits)
    stated = FileStatement.objects.filter(identity__user_id__any_of=by_user)
    for user_id, at, traits in stated.values_list("identity__user_id", "at", "traits"):
        by_user[user_id].append(timed_of(at, traits))
    users, renamed = [], []
    for user in User.objects.filter(pk__any_of=by_user):
        timed = latest(*by_user[user.pk])
        user.traits = {field: value for field, (_, value) in timed.items() if value is not None}
        user.traits_at = to_datetime(max(at for at, _ in timed.values())) if timed else None
        before = user.name, user.email
        user.name, user.email = _name(user.traits)[:300], _text(user.traits, "email", "$email")[:300]
        if before != (user.name, user.email):
            renamed.append(user.pk)
        users.append(user)
    update_rows(users, ["traits", "traits_at", "name", "email"])
    names_changed(User, renamed)


def _name(traits: Mapping[str, Any]) -> str:
    whole = _text(traits, "name", "$name")
    if whole:
        return whole
    return f"{_text(traits, 'firstName', 'first_name')} {_text(traits, 'lastName', 'last_name')}".strip()


def _text(traits: Mapping[str, Any], *names: str) -> str:
    return next((traits[name] for name in names if isinstance(traits.get(name), str) and traits[name]), "")
