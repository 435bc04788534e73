"""Every operation of the API × who may. An operation without a row fails the build: add one.

`who` are those of the cast for whom it answers; everybody else gets 403 where their role does not allow it, and else the
404 of what does not exist. `path` and `body` are for the account of `csm` (tests.web.routes.world).
"""

from datetime import timedelta
from typing import Any

from tenure.accounts.assignments.verbs import assign
from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact, remove_contact
from tenure.accounts.models import AssignmentRole, Contact, ExclusionChange, User
from tenure.core.conditions.tree import EVERYONE
from tenure.imports.models import FileImport, ImportState
from tenure.imports.verbs import upload
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.segments.models import Segment, Sharing
from tenure.segments.saving import Draft, archive_segment, change_segment, save_segment
from tenure.work.content import Content, Step
from tenure.work.follow_ups import log_follow_up, remove_follow_up
from tenure.work.models import FollowUp, FollowUpType, NextStep
from tests.api.row import ADMIN, ALL, OWN, SEES, Row, of_account
from tests.api.rows import accounts, events, fields, lists, numbers, people, roles, sources, syncs, tags, upkeep, work
from tests.web.routes.world import World


def _contact(world: World) -> Contact:
    return add_contact(world.account, Details("Ada Lovelace"), None)


def _removed_contact(world: World) -> dict[str, Any]:
    contact = _contact(world)
    remove_contact(contact, None)
    return {"id": contact.pk}


def _follow_up(world: World) -> FollowUp:
    now = clock.now()
    steps = (Step("Send the offer", now.date() + timedelta(days=3)),)
    content = Content(FollowUpType.objects.get(key="call"), now, notes="A call", next_steps=steps)
    return log_follow_up(world.account, content, actor=world.csm())


def _removed_follow_up(world: World) -> dict[str, Any]:
    follow_up = _follow_up(world)
    remove_follow_up(follow_up, actor=world.csm())
    return {"id": follow_up.pk}


def _promise(world: World, *, done: bool = False) -> dict[str, Any]:
    step = NextStep.objects.get(follow_up=_follow_up(world))
    NextStep.objects.filter(pk=step.pk).update(done_at=clock.now() if done else None)
    return {"id": step.pk}


def _segment(world: World, sharing: Sharing = Sharing.ALL) -> Segment:
    return save_segment(Draft("At risk", EVERYONE, sharing=sharing), actor=world.people["admin"])


def _own_segment(world: World) -> Segment:
    return save_segment(Draft("Mine", EVERYONE, sharing=Sharing.PRIVATE), actor=world.csm())


def _archived(world: World) -> dict[str, Any]:
    segment = _own_segment(world)
    archive_segment(segment, actor=world.csm())
    return {"id": segment.pk}


def _segment_change(world: World) -> dict[str, Any]:
    change = change_segment(_own_segment(world), Draft("Still mine", EVERYONE), actor=world.csm())
    return {"id": change.pk if change else 0}


def _import(world: World, **values: Any) -> dict[str, Any]:
    made = upload("accounts", "customers.csv", [b"account,plan\nacme,pro\n"], None)
    if values:
        job = enqueue("run_import", {"import": made.pk})
        FileImport.objects.filter(pk=made.pk).update(**{"job": job, **values})
    return {"id": made.pk}


def _excluded(world: World) -> dict[str, Any]:
    User.objects.filter(pk=world.user()).update(excluded_at=clock.now())
    return {"id": world.user()}


def _counting_change(world: World) -> dict[str, Any]:
    by, now = world.people["admin"], clock.now()
    User.objects.filter(pk=world.user()).update(excluded_at=now)
    before = {str(world.user()): [None, None]}
    return {"id": ExclusionChange.objects.create(excluded=True, before=before, created_at=now, created_by=by).pk}


def _in_charge(world: World) -> dict[str, Any]:
    role = AssignmentRole.objects.get(key="sales")
    assign([world.account.pk], role, world.csm(), None)
    return {"id": world.account.pk, "role": "sales", "member_id": world.csm().pk}


COUNTS = {"rows": 1, "new": 1, "changed": 0, "same": 0, "refused": 0, "preview": []}
CONDITION = {"version": 1, "all": []}

TABLE: dict[str, Row] = {
    **accounts.ROWS,
    **numbers.ROWS,
    **tags.ROWS,
    **lists.ROWS,
    **events.ROWS,
    **fields.ROWS,
    **syncs.ROWS,
    **sources.ROWS,
    **people.ROWS,
    **roles.ROWS,
    **work.ROWS,
    **upkeep.ROWS,
    "list_members": Row(ALL),
    "list_assignments": Row(SEES, of_account),
    "create_assignment": Row(ADMIN, of_account, lambda world: {"role": "sales", "member_id": world.csm().pk}),
    "delete_assignment": Row(ADMIN, _in_charge),
    "list_contacts": Row(ALL),
    "create_contact": Row(SEES, body=lambda world: {"account_id": world.account.pk, "name": "Grace Hopper"}),
    "get_contact": Row(SEES, lambda world: {"id": _contact(world).pk}),
    "update_contact": Row(SEES, lambda world: {"id": _contact(world).pk}, lambda world: {"title": "Countess"}),
    "delete_contact": Row(SEES, lambda world: {"id": _contact(world).pk}),
    "restore_removed_contact": Row(SEES, _removed_contact),
    "move_contact_to": Row(
        ADMIN, lambda world: {"id": _contact(world).pk}, lambda world: {"account_id": world.other.pk}
    ),
    "list_users": Row(ALL),
    "get_user": Row(SEES, lambda world: {"id": world.user()}),
    "exclude_user": Row(ADMIN, lambda world: {"id": world.user()}),
    "include_user": Row(ADMIN, _excluded),
    "list_counting_changes": Row(ADMIN),
    "create_counting_change": Row(ADMIN, body=lambda world: {"user_ids": [world.user()], "counted": False}),
    "undo_counting_change": Row(ADMIN, _counting_change),
    "list_follow_ups": Row(ALL),
    "create_follow_up": Row(
        SEES,
        body=lambda world: {
            "account_id": world.account.pk,
            "type": "call",
            "at": clock.now().isoformat(),
            "notes": "Hello",
        },
    ),
    "get_follow_up": Row(SEES, lambda world: {"id": _follow_up(world).pk}),
    "update_follow_up": Row(SEES, lambda world: {"id": _follow_up(world).pk}, lambda world: {"outcome": "Good"}),
    "delete_follow_up": Row(SEES, lambda world: {"id": _follow_up(world).pk}),
    "restore_removed_follow_up": Row(OWN, _removed_follow_up),
    "list_promises": Row(ALL),
    "get_promise": Row(SEES, _promise),
    "move_promise": Row(SEES, _promise, lambda world: {"due": "2030-01-01"}),
    "keep_promise": Row(SEES, _promise),
    "reopen_promise": Row(SEES, lambda world: _promise(world, done=True)),
    "list_segments": Row(ALL),
    "create_segment": Row(ALL, body=lambda world: {"name": "New", "condition": CONDITION}),
    "get_segment": Row(OWN, lambda world: {"id": _own_segment(world).pk}),
    "update_segment": Row(OWN, lambda world: {"id": _own_segment(world).pk}, lambda world: {"name": "Other"}),
    "archive_segment": Row(OWN, lambda world: {"id": _own_segment(world).pk}),
    "restore_segment": Row(OWN, _archived),
    "list_segment_changes": Row(ALL),
    "undo_segment_change": Row(OWN, _segment_change),
    "read_condition": Row(ALL, body=lambda world: {"condition": CONDITION}),
    "list_segment_sizes": Row(ALL, lambda world: {"id": _segment(world).pk}),
    "list_segment_stays": Row(ALL, lambda world: {"id": _segment(world).pk}),
    "list_segment_accounts": Row(ALL, lambda world: {"id": _segment(world).pk}),
    "explain_segment": Row(SEES, lambda world: {"id": _segment(world).pk, "account_id": world.account.pk}),
    "list_condition_fields": Row(ALL),
    "list_import_kinds": Row(ADMIN),
    "list_imports": Row(ADMIN),
    "create_import": Row(ADMIN, body=lambda world: {"kind": "accounts", "file": b"account,plan\nacme,pro\n"}),
    "get_import": Row(ADMIN, _import),
    "delete_import": Row(ADMIN, _import),
    "read_import_anew": Row(ADMIN, _import, lambda world: {"delimiter": ";"}),
    "map_import": Row(ADMIN, _import, lambda world: {"fields": {"account": "account"}}),
    "start_import": Row(ADMIN, lambda world: _import(world, state=ImportState.CHECKED, checked=COUNTS)),
    "stop_import": Row(ADMIN, lambda world: _import(world, state=ImportState.RUNNING)),
    "undo_import": Row(ADMIN, lambda world: _import(world, state=ImportState.DONE, done_rows=1, new=1)),
    "get_import_undoing": Row(ADMIN, _import),
    "list_refusals": Row(ADMIN, _import),
    "take_refusals": Row(ADMIN, _import, told=True),
}
