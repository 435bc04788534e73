"""What health is made of: the versions of its definition, with the thresholds each of them took."""

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext
from ninja import Router, Schema

from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.core.health import Definition, Part, Sample, Thresholds
from tenure.core.health_document import from_document
from tenure.health.models import HealthDefinition
from tenure.people.models import Area

router = Router(tags=["Metrics and health"])


class ThresholdsShown(Schema):
    """Values of the metric at which it gives 0, 40, 70 and 100."""

    worst: float
    at_risk: float
    healthy: float
    best: float


class SampleShown(Schema):
    """The customers that thresholds were taken from, and between which values each edge lies with 95 %."""

    size: int
    at_risk: tuple[float | None, float | None]
    healthy: tuple[float | None, float | None]


class DefinitionPart(Schema):
    """A metric of health. `tolerance`: thresholds are never stricter; `sample` null beside thresholds: set by hand."""

    metric: str
    weight: float
    direction: Literal["more", "less"]
    thresholds: ThresholdsShown | None
    tolerance: ThresholdsShown | None
    sample: SampleShown | None


class DefinitionShown(Schema):
    """A version of what health is made of. It scores days from `valid_from` on, null: all before the next version,
    once it is calibrated; `provisional`: its thresholds do not come from customers that renewed.
    """

    id: int
    name: str
    version: int
    provisional: bool
    sample_size: int
    minimum_age_days: int
    parts: list[DefinitionPart]
    calibrated_at: datetime | None
    valid_from: date | None
    created_at: datetime


@router.get("/health-definitions", response=list[DefinitionShown], summary="List what health is made of")
@needs(Area.NUMBERS)
def list_health_definitions(request: ApiRequest) -> list[DefinitionShown]:
    """Every version of the definition, the latest first."""
    return [_show(each, from_document(each.document)) for each in _versions()]


def _versions() -> list[HealthDefinition]:
    return list(HealthDefinition.objects.filter(retired_at=None).order_by("-version", "-pk"))


def _show(row: HealthDefinition, definition: Definition) -> DefinitionShown:
    return DefinitionShown(
        id=row.pk,
        name=gettext(row.name),
        version=row.version,
        provisional=row.provisional,
        sample_size=row.sample_size,
        minimum_age_days=definition.minimum_age_days,
        parts=[_part(each) for each in definition.parts],
        calibrated_at=row.calibrated_at,
        valid_from=row.valid_from,
        created_at=row.created_at,
    )


def _part(part: Part) -> DefinitionPart:
    return DefinitionPart(
        metric=part.metric,
        weight=part.weight,
        direction="more" if part.direction == "more" else "less",
        thresholds=_thresholds(part.thresholds),
        tolerance=_thresholds(part.tolerance),
        sample=_sample(part.sample),
    )


def _thresholds(each: Thresholds | None) -> ThresholdsShown | None:
    if each is None:
        return None
    return ThresholdsShown(worst=each.worst, at_risk=each.at_risk, healthy=each.healthy, best=each.best)


def _sample(sample: Sample | None) -> SampleShown | None:
    return None if sample is None else SampleShown(size=sample.size, at_risk=sample.at_risk, healthy=sample.healthy)
