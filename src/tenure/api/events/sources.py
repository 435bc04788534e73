"""Sources of events: listing, connecting and changing them, and their write keys, each shown when it is made."""

from datetime import datetime
from typing import Annotated

from ninja import Router, Schema, Status
from pydantic import Field

from tenure.api.asked import Body, Id, Text
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.events import sources
from tenure.events.access import sources_for
from tenure.events.models import Source, WriteKey
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission

router = Router(tags=["Sources and quarantine"])
READS = (Area.EVENTS, Access.READ, Permission.MANAGE_SOURCES)
WRITES = (Area.EVENTS, Access.WRITE, Permission.MANAGE_SOURCES)
Name = Annotated[Text, Field(min_length=1, max_length=120)]


class KeyShown(Schema):
    """A write key, told by its last four characters. It works until it is revoked."""

    id: int
    ends_with: str
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class SourceShown(Schema):
    """A product that sends events. `account_properties`, in this order, and the group type name an event's account."""

    id: int
    name: str
    account_properties: list[str]
    group_type: str
    keys: list[KeyShown]
    first_event_at: datetime | None
    last_event_at: datetime | None
    archived_at: datetime | None
    created_at: datetime


class KeyMade(Schema):
    """The `key` is shown this once."""

    id: int
    key: str
    source: SourceShown


class SourceSent(Body):
    name: Name


class AttributionSent(Body):
    """For events that arrive from now on."""

    account_properties: Annotated[list[Annotated[Text, Field(min_length=1, max_length=200)]], Field(max_length=20)]
    group_type: Annotated[Text, Field(max_length=60)] = ""


@router.get("/sources", response=list[SourceShown], summary="List the sources of events")
@needs(*READS)
def list_sources(request: ApiRequest) -> list[SourceShown]:
    """The products that send events, by name."""
    return [_show(each) for each in sources_for(request.member).prefetch_related("keys").order_by("name", "pk")]


@router.post("/sources", response={201: KeyMade}, summary="Connect a source")
@needs(*WRITES)
def create_source(request: ApiRequest, body: SourceSent) -> Status[KeyMade]:
    """With its first write key, which is shown this once."""
    source = sources.create_source(body.name, request.member)
    return Status(201, _made(source.keys.get()))


@router.get("/sources/{id}", response=SourceShown, summary="Read a source")
@needs(*READS, single=True)
def get_source(request: ApiRequest, id: Id) -> SourceShown:
    """One source, also when it is archived."""
    return _show(_source(request, id))


@router.put("/sources/{id}/name", response=SourceShown, summary="Name a source")
@needs(*WRITES)
def rename_source(request: ApiRequest, id: Id, body: SourceSent) -> SourceShown:
    """Its keys and events stay."""
    source = _source(request, id)
    sources.rename(source, body.name, request.member)
    return _show(source)


@router.put("/sources/{id}/attribution", response=SourceShown, summary="Say how a source names its accounts")
@needs(*WRITES)
def attribute_source(request: ApiRequest, id: Id, body: AttributionSent) -> SourceShown:
    """Which properties and which of an SDK's groups name the account of an event."""
    source = _source(request, id)
    sources.set_attribution(source, body.account_properties, body.group_type.strip(), request.member)
    return _show(source)


@router.put("/sources/{id}/archive", response=SourceShown, summary="Archive a source")
@needs(*WRITES)
def archive_source(request: ApiRequest, id: Id) -> SourceShown:
    """Its keys are revoked for good; its events stay."""
    source = _source(request, id)
    sources.archive(source, request.member)
    return _show(_source(request, id))


@router.post("/sources/{id}/keys", response={201: KeyMade}, summary="Make a new write key")
@needs(*WRITES)
def rotate_source_key(request: ApiRequest, id: Id) -> Status[KeyMade]:
    """It is shown this once. The keys before it work until they are revoked."""
    return Status(201, _made(sources.rotate_key(_source(request, id), request.member)))


@router.delete("/sources/{id}/keys/{key_id}", response=SourceShown, summary="Revoke a write key")
@needs(*WRITES)
def revoke_source_key(request: ApiRequest, id: Id, key_id: Id) -> SourceShown:
    """Events sent with it are refused from now on."""
    key = one(_source(request, id).keys.select_related("source").filter(pk=key_id))
    sources.revoke_key(key, request.member)
    return _show(_source(request, id))


def _source(request: ApiRequest, key: int) -> Source:
    return one(sources_for(request.member).filter(pk=key))


def _made(key: WriteKey) -> KeyMade:
    return KeyMade(id=key.pk, key=key.key, source=_show(key.source))


def _show(source: Source) -> SourceShown:
    keys = sorted(source.keys.all(), key=lambda each: each.pk)
    return SourceShown(
        id=source.pk,
        name=source.name,
        account_properties=source.account_properties,
        group_type=source.group_type,
        keys=[_key(each) for each in keys],
        first_event_at=source.first_event_at,
        last_event_at=source.last_event_at,
        archived_at=source.archived_at,
        created_at=source.created_at,
    )


def _key(key: WriteKey) -> KeyShown:
    return KeyShown(
        id=key.pk,
        ends_with=key.key[-4:],
        created_at=key.created_at,
        last_used_at=key.last_used_at,
        revoked_at=key.revoked_at,
    )
