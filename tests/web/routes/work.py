"""Routes of follow-ups and promises."""

from datetime import timedelta
from typing import Any

from tenure.lib import clock
from tenure.work.content import Content, Step
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import Attachment, FollowUp, FollowUpType
from tests.web.routes.route import Route, account, ask, read, write
from tests.web.routes.world import MEMBERS, OPERATORS, SEES, WORKS, WORKS_ON_IT, World


def _type() -> FollowUpType:
    return FollowUpType.objects.filter(archived_at=None).order_by("pk")[0]


def _own_type(world: World) -> list[Any]:
    return [_type().pk]


def _archived_type(world: World) -> list[Any]:
    archived = FollowUpType.objects.order_by("pk")[1]
    FollowUpType.objects.filter(pk=archived.pk).update(archived_at=clock.now())
    return [archived.pk]


def _logged(world: World) -> FollowUp:
    """One of csm's, with a promise."""
    now = clock.now()
    steps = (Step("Send the offer", now.date() + timedelta(days=3)),)
    content = Content(_type(), now - timedelta(hours=1), notes="A call", next_steps=steps)
    return log_follow_up(world.account, content, actor=world.csm())


def _follow_up(world: World) -> list[Any]:
    return [_logged(world).pk]


def _removed(world: World) -> list[Any]:
    logged = _logged(world)
    FollowUp.objects.filter(pk=logged.pk).update(removed_at=clock.now(), removed_by=world.people["admin"])
    return [logged.pk]


def _step(world: World, *, done: bool = False) -> list[Any]:
    step = _logged(world).next_steps.get()
    if done:
        step.done_at = clock.now()
        step.save()
    return [step.pk]


def _attachment(world: World) -> list[Any]:
    """Of csm's follow-up; its content is not there, so it is not found by anybody."""
    return [
        Attachment.objects.create(
            follow_up=_logged(world),
            name="a.txt",
            sha256="0" * 64,
            bytes=1,
            media_type="text/plain",
            created_at=clock.now(),
        ).pk
    ]


ROUTES: dict[str, Route] = {
    "work:follow_ups": read(MEMBERS),
    "work:follow_up": read(SEES, _follow_up),
    "work:log": write(
        WORKS_ON_IT,
        data=lambda world: {"account": world.account.pk, "type": _type().pk, "at": "2026-01-05T10:00", "notes": "Hi"},
    ),
    "work:edit": read(WORKS_ON_IT, _follow_up),
    "work:draft": ask(WORKS),
    "work:remove": write(WORKS_ON_IT, _follow_up),
    "work:restore": write(frozenset({"admin"}), _removed),
    "work:attachment": read(frozenset(), _attachment),
    "work:remove_attachment": write(WORKS_ON_IT, _attachment),
    "work:promises": read(MEMBERS),
    "work:account_promises": read(SEES, account),
    "work:complete": write(WORKS_ON_IT, _step),
    "work:reopen": write(WORKS_ON_IT, lambda world: _step(world, done=True)),
    "work:move": write(WORKS_ON_IT, _step, lambda world: {"due": "2030-01-01"}),
    "work:accounts": read(MEMBERS),
    "work:people": read(MEMBERS),
    "work:members": read(MEMBERS),
    "work:fields": read(WORKS),
    "work:types": read(OPERATORS),
    "work:rename_type": write(OPERATORS, _own_type, lambda world: {"name": "Ring"}),
    "work:archive_type": write(OPERATORS, _own_type),
    "work:restore_type": write(OPERATORS, _archived_type),
}
