"""What events mean: marking them and putting them into features, as changes that can be undone; the features."""

from datetime import datetime
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from tenure.api.asked import Body, Id, Text
from tenure.api.errors import Refusal
from tenure.api.events.routes import MEANINGS, Meaning
from tenure.api.found import all_of, one
from tenure.api.guarding import needs
from tenure.api.paging import Page, Paged, page_of
from tenure.api.request import ApiRequest
from tenure.events import catalogue
from tenure.events.access import catalogue_changes_for, event_types_for, features_for
from tenure.events.models import CatalogueChange, EventClass, Feature
from tenure.people.models import Access, Area
from tenure.people.permissions import Permission
from tenure.warehouse.current import store

router = Router(tags=["Event catalogue"])
READS = (Area.EVENTS, Access.READ, Permission.MANAGE_CATALOGUE)
WRITES = (Area.EVENTS, Access.WRITE, Permission.MANAGE_CATALOGUE)
MOST: Final = 500
FeatureName = Annotated[Text, Field(min_length=1, max_length=120)]


class FeatureShown(Schema):
    """A product feature: a group of events. A value event that is in none is a feature of its own."""

    id: int
    name: str
    event_ids: list[int]
    created_at: datetime


class CatalogueChangeShown(Schema):
    """Events that were marked (`meaning`), or put into a feature or with null taken out of theirs (`feature_id`).

    `about` says which of the two. `event_ids` are those that it changed.
    """

    id: int
    about: CatalogueChange.Field
    event_ids: list[int]
    meaning: Meaning | None
    feature_id: int | None
    created_at: datetime
    undone_at: datetime | None


class CatalogueChanged(Body):
    """Either `meaning` or `feature`, the name of one that is there or is made; null takes the events out of theirs."""

    event_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST)]
    meaning: Meaning = "value"
    feature: FeatureName | None = None


class FeatureRenamed(Body):
    name: FeatureName


@router.get("/catalogue-changes", response=Page[CatalogueChangeShown], summary="List one's own catalogue changes")
@needs(*READS)
def list_catalogue_changes(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """What the token's member changed, the latest first: each can be undone."""
    found = catalogue_changes_for(request.member)
    return page_of(found, asked, lambda rows: [_change(each) for each in rows], by="-created_at")


@router.post(
    "/catalogue-changes",
    response={200: CatalogueChangeShown, 201: CatalogueChangeShown},
    summary="Mark events, or put them into a feature",
)
@needs(*WRITES)
def create_catalogue_change(request: ApiRequest, body: CatalogueChanged) -> Status[CatalogueChangeShown]:
    """Past days are computed again in the background. 200 where all events are marked so already."""
    given = body.given()
    if ("meaning" in given) == ("feature" in given):
        raise Refusal(422, _("Send either “meaning” or “feature”."), path="body")
    events = all_of(event_types_for(request.member).order_by("pk"), body.event_ids)
    if "meaning" in given:
        done = catalogue.mark(events, EventClass[body.meaning.upper()], request.member, store())
    elif body.feature is not None:
        done = catalogue.group(events, body.feature, request.member, store())
    else:
        done = catalogue.ungroup(events, request.member, store())
    return Status(201 if done.before else 200, _change(done))


@router.post("/catalogue-changes/{id}/undoing", response=CatalogueChangeShown, summary="Undo a catalogue change")
@needs(*WRITES)
def undo_catalogue_change(request: ApiRequest, id: Id) -> CatalogueChangeShown:
    """Puts back what it found, but for events that were changed again since."""
    change = one(catalogue_changes_for(request.member).filter(pk=id))
    catalogue.undo(change, request.member, store())
    change.refresh_from_db()
    return _change(change)


@router.get("/features", response=Page[FeatureShown], summary="List product features")
@needs(*READS)
def list_features(request: ApiRequest, asked: Query[Paged]) -> dict[str, Any]:
    """Every feature with its events, the one made first first."""
    found = features_for(request.member).prefetch_related("events")
    return page_of(found, asked, lambda rows: [_feature(each) for each in rows])


@router.patch("/features/{id}", response=FeatureShown, summary="Rename a product feature")
@needs(*WRITES)
def rename_feature(request: ApiRequest, id: Id, body: FeatureRenamed) -> FeatureShown:
    """Its events and numbers stay."""
    feature = one(features_for(request.member).filter(pk=id))
    catalogue.rename_feature(feature, body.name, request.member)
    return _feature(feature)


@router.delete("/features/{id}", response={204: None}, summary="Delete a product feature")
@needs(*WRITES)
def delete_feature(request: ApiRequest, id: Id) -> Status[None]:
    """Its events stay, each a feature of its own again."""
    catalogue.delete_feature(one(features_for(request.member).filter(pk=id)), request.member, store())
    return Status(204, None)


def _feature(feature: Feature) -> FeatureShown:
    keys = sorted(each.pk for each in feature.events.all())
    return FeatureShown(id=feature.pk, name=feature.name, event_ids=keys, created_at=feature.created_at)


def _change(change: CatalogueChange) -> CatalogueChangeShown:
    marks = change.field == CatalogueChange.Field.CLASS
    return CatalogueChangeShown(
        id=change.pk,
        about=CatalogueChange.Field(change.field),
        event_ids=sorted(int(key) for key in change.before),
        meaning=MEANINGS[change.to or 0] if marks else None,
        feature_id=None if marks else change.to,
        created_at=change.created_at,
        undone_at=change.undone_at,
    )
