"""Writes activities down."""

from collections.abc import Collection, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from django.db import transaction

from tenure.activity.models import AccountActivity, Activity
from tenure.activity.verbs import Verb
from tenure.lib import clock

#: The network address of the request being answered; set by a middleware, empty elsewhere.
ADDRESS: ContextVar[str] = ContextVar("address", default="")
#: The name of the API token that the member acts through; set by the API, empty elsewhere.
VIA: ContextVar[str] = ContextVar("via", default="")


class Actor(Protocol):
    """A member, as far as this room needs to know one."""

    pk: Any

    def __str__(self) -> str: ...


class Subject(NamedTuple):
    """What something was done to: its kind, key and name."""

    kind: str
    id: int | None
    name: str


def record(
    verb: Verb,
    actor: Actor | None,
    *,
    by: str = "",
    subject: Subject | None = None,
    accounts: Collection[int] | Mapping[int, Mapping[str, Any]] = (),
    at: datetime | None = None,
    detail: Mapping[str, Any] | None = None,
    text: str = "",
) -> Activity:
    """Writes one activity, in the transaction of the verb that calls it: both happen or neither does.

    `accounts` are the ids it concerns, or maps each to what is particular to it. `by` names who acted where that is no
    member; through an API token, the token is named beside them. Raises RuntimeError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An activity is written in the transaction of what it tells of.")
    now = clock.now()
    activity = Activity.objects.create(
        verb=verb.name,
        at=at or now,
        recorded_at=now,
        actor_id=actor.pk if actor is not None else None,
        by=_named(by or str(actor or "Tenure"), VIA.get()),
        subject_kind=subject.kind if subject else "",
        subject_id=subject.id if subject else None,
        subject_name=subject.name[:300] if subject else "",
        detail=dict(detail or {}),
        text=text,
        address=ADDRESS.get(),
    )
    details = accounts if isinstance(accounts, Mapping) else {key: {} for key in accounts}
    rows = [
        AccountActivity(activity=activity, account_id=account_id, at=activity.at, detail=dict(each))
        for account_id, each in details.items()
    ]
    AccountActivity.objects.bulk_create(rows, batch_size=500)
    return activity


def _named(who: str, via: str) -> str:
    return f"{who[: 195 - len(via)]} ({via})" if via else who[:200]
