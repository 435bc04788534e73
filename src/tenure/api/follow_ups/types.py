"""The types of follow-ups: listing, adding, naming and archiving them."""

from datetime import datetime
from typing import Annotated

from ninja import Router, Schema, Status
from pydantic import Field

from tenure.api.asked import Body, Text, Word
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.work import types
from tenure.work.access import types_for
from tenure.work.models import FollowUpType

router = Router(tags=["Follow-ups"])
WRITES = (Area.FOLLOW_UPS, Access.WRITE, Permission.MANAGE_FOLLOW_UP_TYPES)


class TypeShown(Schema):
    """A type that a follow-up can have; one that is archived is only kept by those that have it."""

    key: str
    name: str
    archived_at: datetime | None


class TypeNamed(Body):
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    chinese: Annotated[Text, Field(max_length=60, description="The name in Chinese.")] = ""

    def names(self) -> dict[str, str]:
        return {"en": self.name, "zh-hans": self.chinese}


@router.get("/follow-up-types", response=list[TypeShown], summary="List the types of follow-ups")
@needs(Area.FOLLOW_UPS)
def list_follow_up_types(request: ApiRequest, archived: bool = False) -> list[TypeShown]:
    """Those one can choose, in their order; or, for whoever manages them, those that are archived."""
    found = types_for(request.member).exclude(archived_at=None).order_by("pk") if archived else types.types_in_use()
    return [_show(each) for each in found]


@router.post("/follow-up-types", response={201: TypeShown}, summary="Add a type of follow-ups")
@needs(*WRITES)
def create_follow_up_type(request: ApiRequest, body: TypeNamed) -> Status[TypeShown]:
    """The last one."""
    return Status(201, _show(types.add_type(body.names(), actor=request.member)))


@router.put("/follow-up-types/{key}/name", response=TypeShown, summary="Name a type of follow-ups")
@needs(*WRITES)
def rename_follow_up_type(request: ApiRequest, key: Word, body: TypeNamed) -> TypeShown:
    """Its key stays."""
    type = _type(request, key)
    types.rename_type(type, body.names(), actor=request.member)
    return _show(type)


@router.put("/follow-up-types/{key}/archive", response=TypeShown, summary="Archive a type of follow-ups")
@needs(*WRITES)
def archive_follow_up_type(request: ApiRequest, key: Word) -> TypeShown:
    """It cannot be chosen any more; follow-ups keep it. Not the last one."""
    type = _type(request, key)
    types.archive_type(type, actor=request.member)
    return _show(type)


@router.delete("/follow-up-types/{key}/archive", response=TypeShown, summary="Bring a type of follow-ups back")
@needs(*WRITES)
def restore_follow_up_type(request: ApiRequest, key: Word) -> TypeShown:
    """It can be chosen again."""
    type = _type(request, key, archived=True)
    types.restore_type(type, actor=request.member)
    return _show(type)


def _type(request: ApiRequest, key: str, *, archived: bool = False) -> FollowUpType:
    return one(types_for(request.member).filter(key=key, archived_at__isnull=not archived))


def _show(type: FollowUpType) -> TypeShown:
    return TypeShown(key=type.key, name=str(type), archived_at=type.archived_at)
