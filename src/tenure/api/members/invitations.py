"""Inviting people: a link that works once; sending another one, and making it worthless."""

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.api.asked import Body, Id, Text
from tenure.api.errors import Refusal
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.members.departments import department_of
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.lib import clock
from tenure.people import invitations
from tenure.people.access import invitations_for
from tenure.people.mail import mail_invitation
from tenure.people.models import Access, Area, Invitation, InvitationState, Role, Scope
from tenure.people.permissions import Permission

router = Router(tags=["Members"])
READS = (Area.MEMBERS, Access.READ, Permission.MANAGE_MEMBERS)
WRITES = (Area.MEMBERS, Access.WRITE, Permission.MANAGE_MEMBERS)


class InvitationShown(Schema):
    """Somebody may join until `expires_at`."""

    id: int
    email: str
    name: str
    role: Role
    scope: Scope | None
    department_id: int | None
    state: InvitationState
    invited_at: datetime
    expires_at: datetime


class InvitationMade(Schema):
    """The `link` is for whoever was invited alone: it works once. It is mailed, too, where mail is set up."""

    invitation: InvitationShown
    link: str


class Invited(Body):
    """`scope` null: that of the role."""

    email: Annotated[Text, Field(max_length=254)]
    name: Annotated[Text, Field(max_length=120)] = ""
    role: Role
    scope: Scope | None = None
    department_id: Id | None = None
    language: Annotated[str, Field(max_length=10, description="That of the token's member when it is left out.")] = ""


@router.get("/invitations", response=Page[InvitationShown], summary="List open invitations")
@needs(*READS)
def list_invitations(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """Those that nobody has followed or revoked yet, the latest first."""
    found = invitations_for(request.member)
    return page_of(found, asked, lambda rows: [_show(each) for each in rows], by="-invited_at")


@router.post("/invitations", response={201: InvitationMade}, summary="Invite somebody")
@needs(*WRITES)
def create_invitation(request: ApiRequest, body: Invited) -> Status[InvitationMade]:
    """Only owners invite owners."""
    if body.language and body.language not in dict(settings.LANGUAGES):
        raise Refusal(422, _("There is no such language here."), path="body.language")
    try:
        validate_email(body.email.strip())
    except ValidationError as error:
        raise Refusal(422, error.messages[0], path="body.email") from None
    invitation = invitations.invite(
        body.email,
        role=body.role,
        actor=request.member,
        name=body.name,
        department=department_of(request, body.department_id) if body.department_id else None,
        scope=body.scope,
        language=body.language,
    )
    return Status(201, _made(request, invitation))


@router.post("/invitations/{id}/link", response=InvitationMade, summary="Make a new invitation link")
@needs(*WRITES)
def resend_invitation(request: ApiRequest, id: Id) -> InvitationMade:
    """The one before does not work any more."""
    invitation = _invitation(request, id)
    invitations.resend(invitation, request.member)
    return _made(request, invitation)


@router.delete("/invitations/{id}", response={204: None}, summary="Revoke an invitation")
@needs(*WRITES)
def revoke_invitation(request: ApiRequest, id: Id) -> Status[None]:
    """Its link is worthless at once."""
    invitations.revoke(_invitation(request, id), request.member)
    return Status(204, None)


def _invitation(request: ApiRequest, key: int) -> Invitation:
    return one(invitations_for(request.member).filter(pk=key))


def _made(request: ApiRequest, invitation: Invitation) -> InvitationMade:
    path = reverse("join", args=[invitations.link_key(invitation)])
    base = settings.CONFIG.base_url.rstrip("/")
    link = f"{base}{path}" if base else request.build_absolute_uri(path)
    transaction.on_commit(lambda: mail_invitation(invitation, link), robust=True)
    return InvitationMade(invitation=_show(invitation), link=link)


def _show(invitation: Invitation) -> InvitationShown:
    return InvitationShown(
        id=invitation.pk,
        email=invitation.email,
        name=invitation.name,
        role=Role(invitation.role),
        scope=Scope(invitation.scope) if invitation.scope else None,
        department_id=invitation.department_id,
        state=invitation.state(clock.now()),
        invited_at=invitation.invited_at,
        expires_at=invitation.expires_at,
    )
