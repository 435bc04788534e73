"""Metrics: listing, reading, defining, changing and archiving them."""

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Router, Status
from pydantic import Field

from tenure.api.asked import Body, Text, Word
from tenure.api.errors import Refusal
from tenure.api.etags import check_match
from tenure.api.found import one
from tenure.api.guarding import needs
from tenure.api.numbers.shown import MetricShown, show_metrics
from tenure.api.request import ApiRequest
from tenure.core.document import BadDocument
from tenure.health.archive import archive_metric, restore_metric
from tenure.health.metrics import define_metric, metrics_in_use
from tenure.health.models import Metric
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission

router = Router(tags=["Metrics and health"])
WRITES = (Area.NUMBERS, Access.WRITE, Permission.MANAGE_METRICS)
Name = Annotated[Text, Field(min_length=1, max_length=120)]
Names = Annotated[dict[Word, Name], Field(max_length=20)]


class MetricDefined(Body):
    """`spec` says what is measured, `names` are in other languages, by code: see docs/metrics/defining.md."""

    key: Annotated[Text, Field(min_length=1, max_length=60, description="Small letters, digits and _.")]
    name: Name
    names: Names = {}
    unit: Annotated[Word, Field(description="count, users, features, days or share.")] = "count"
    is_key: Annotated[bool, Field(description="Shown first.")] = False
    spec: dict[str, Any]


class MetricChanged(Body):
    """What is left out stays as it is."""

    name: Name = ""
    names: Names = {}
    unit: Word = "count"
    is_key: bool = False
    spec: dict[str, Any] = {}


@router.get("/metrics", response=list[MetricShown], summary="List metrics")
@needs(Area.NUMBERS)
def list_metrics(request: ApiRequest, archived: bool = False) -> list[MetricShown]:
    """The metrics in use, or those that are archived, in the order in which they were first defined."""
    in_use = metrics_in_use()
    if not archived:
        return show_metrics(in_use.values())
    latest = {each.key: each for each in Metric.objects.exclude(key__in=in_use).order_by("version")}
    return show_metrics(sorted(latest.values(), key=lambda each: each.pk))


@router.post("/metrics", response={201: MetricShown}, summary="Define a metric")
@needs(*WRITES, single=True)
def create_metric(request: ApiRequest, body: MetricDefined) -> Status[MetricShown]:
    """A metric of one's own; past days are computed in the background."""
    if Metric.objects.filter(key=body.key).exists():
        raise Refusal(422, _("There is a metric of this key already. Change that one."), path="body.key")
    return Status(201, _show(_define(body.model_dump(), request.member)))


@router.get("/metrics/{key}", response=MetricShown, summary="Read a metric")
@needs(Area.NUMBERS, single=True)
def get_metric(request: ApiRequest, key: Word) -> MetricShown:
    """Its latest version, also when it is archived."""
    return _show(_latest(key))


@router.get("/metrics/{key}/versions", response=list[MetricShown], summary="List the versions of a metric")
@needs(Area.NUMBERS)
def list_metric_versions(request: ApiRequest, key: Word) -> list[MetricShown]:
    """Every definition it had, the first one first; numbers of past days stay as they were measured."""
    _latest(key)
    return show_metrics(Metric.objects.filter(key=key).order_by("version"))


@router.patch("/metrics/{key}", response=MetricShown, summary="Change a metric")
@needs(*WRITES, single=True)
def update_metric(request: ApiRequest, key: Word, body: MetricChanged) -> MetricShown:
    """Makes a new version of one's own metric; one that says what is true already adds none."""
    metric = _own(key)
    if metric.retired_at is not None:
        raise Refusal(409, _("This metric is archived. Restore it first."))
    shown = _show(metric)
    check_match(request, shown)
    before = {**shown.model_dump(include={"key", "names", "unit", "is_key", "spec"}), "name": metric.name}
    return _show(_define({**before, **body.given()}, request.member))


@router.put("/metrics/{key}/archive", response=MetricShown, summary="Archive a metric")
@needs(*WRITES)
def archive_one_metric(request: ApiRequest, key: Word) -> MetricShown:
    """Takes one's own metric out of use; its numbers are kept. Not while health or another metric is made of it."""
    archive_metric(_own(key), actor=request.member)
    return _show(_latest(key))


@router.delete("/metrics/{key}/archive", response=MetricShown, summary="Bring a metric back")
@needs(*WRITES)
def restore_archived_metric(request: ApiRequest, key: Word) -> MetricShown:
    """Puts it back into use; the days since are computed in the background."""
    _own(key)
    return _show(restore_metric(key, actor=request.member))


def _define(document: dict[str, Any], actor: Member) -> Metric:
    try:
        return define_metric(document, actor)
    except BadDocument as error:
        raise Refusal(422, error.problem, path=f"body.{error.path}") from None


def _latest(key: str) -> Metric:
    return one(Metric.objects.filter(key=key).order_by("-version"))


def _own(key: str) -> Metric:
    metric = _latest(key)
    if metric.built_in:
        raise Refusal(409, _("This metric is built in: it is not changed."))
    return metric


def _show(metric: Metric) -> MetricShown:
    return show_metrics([metric])[0]
