"""A customer, and everything around it, under names that break what is careless."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.fields.editing import set_fields
from tenure.accounts.models import AssignmentRole, Field, User
from tenure.core.conditions.tree import EVERYONE
from tenure.events.models import EventProperty, EventType, Feature, QuarantinedItem
from tenure.lib import clock
from tenure.segments.models import Sharing
from tenure.segments.saving import Draft, save_segment
from tenure.work.content import Content, Step
from tenure.work.follow_ups import log_follow_up
from tenure.work.models import FollowUpType
from tests.web.routes.world import World

SCRIPT = "<script>alert(1)</script>"
HANDLER = "\"'><img src=x onerror=alert(2)>"
NASTY = f"=1+1 {SCRIPT}{HANDLER}{{{{ 7|add:7 }}}}%(name)s{{by}} \u202e\u0645\u0631\u062d\u0628\u0627\u202c \U0001f469\u200d\U0001f680 "
LONG = 10_000
#: What people and senders write freely; anything else has a form of its own.
FREE = {
    "name",
    "title",
    "note",
    "notes",
    "text",
    "by",
    "subject_name",
    "wechat",
    "outcome",
    "what",
    "browser",
    "detail",
    "description",
}


def spoil(world: World) -> None:
    """Rows of every kind about the account, and then each text in them that somebody may write."""
    now, csm = clock.now(), world.csm()
    details = Details(name="Ann", title="Boss", note="x" * LONG, phones=("+1 555 0100",), user_id=world.user())
    contact = add_contact(world.account, details, csm)
    follow_up = Content(
        type=FollowUpType.objects.all()[0],
        at=now,
        notes="y" * LONG,
        member_ids=(csm.pk,),
        contact_ids=(contact.pk,),
        customer_names=("Bob",),
        next_steps=(Step("call", now.date()),),
    )
    log_follow_up(world.account, follow_up, actor=csm)
    field = Field.objects.filter(type="text").first()
    assert field is not None
    set_fields([world.account], {field.key: NASTY[:60]}, world.people["admin"])
    QuarantinedItem.objects.create(
        wire_format="segment", reason="bad_json", raw=NASTY, received_at=now, source=world.source()
    )
    for event in EventType.objects.all()[:3]:
        EventProperty.objects.create(event=event, name="page", types=["text"], samples=[NASTY], seen_at=now)
    Feature.objects.create(name="Feature")
    save_segment(Draft("Segment", EVERYONE, "About", Sharing.ALL), actor=world.people["admin"])
    user = User.objects.get(pk=world.user())
    user.traits = {NASTY: NASTY, "plan": NASTY}
    user.save(update_fields=["traits"])
    AssignmentRole.objects.filter(key="support").update(names={})
    for row in _rows():
        _spoil(row)


def _rows() -> Iterator[models.Model]:
    for model in apps.get_models():
        if model.__module__.startswith("tenure."):
            yield from model._base_manager.all()


def _spoil(row: models.Model) -> None:
    changed = []
    for field in row._meta.concrete_fields:
        if field.name not in FREE or field.choices or not isinstance(field, models.CharField | models.TextField):
            continue
        most = field.max_length or LONG
        text = (NASTY + str(getattr(row, field.name)))[: most - 12]
        setattr(row, field.name, f"{text} {row.pk}")  # the key, for names that must differ
        changed.append(field.name)
    if changed:
        row.save(update_fields=changed)
