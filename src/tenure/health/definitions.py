"""Health definitions: the default one, which version holds on a day, and taking thresholds from accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy, gettext_noop

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.calibration import calibrate, provisional
from tenure.core.health import Definition, Direction, Part, Thresholds
from tenure.core.health_document import from_document, to_document
from tenure.health.models import HealthDefinition
from tenure.lib import clock
from tenure.people.models import Member
from tenure.remembered.remember import remembered

DEFAULT_NAME = gettext_noop("Default definition")  # translated where it is shown

CALIBRATED = verb("health.calibrated", gettext_lazy("{by} took thresholds of health from {size} customers"), False)
VERSION_ADDED = verb("health.version_added", gettext_lazy("{by} made version {version} of health"), False)

#: Value events stand per opened user and breadth is a share, so that the size of an account decides nothing. Recency
#: is never judged more strictly than this: a weekend or a public holiday is no sign of anything.
DEFAULT = Definition(
    parts=(
        Part("value_events_per_user", 30),
        Part("breadth", 30),
        Part("depth", 20),
        Part("days_since_last", 20, Direction.LESS, tolerance=Thresholds(worst=28, at_risk=14, healthy=7, best=3)),
    ),
    minimum_age_days=14,
)


@dataclass(frozen=True)
class Version:
    """A calibrated definition, ready to score."""

    id: int
    definition: Definition
    valid_from: date | None


def install_default() -> None:
    """Adds the default definition, without thresholds as long as there are no accounts to take them from."""
    if not HealthDefinition.objects.exists():
        HealthDefinition.objects.create(name=DEFAULT_NAME, document=to_document(DEFAULT))


@remembered
def definitions_by_id() -> Mapping[int, HealthDefinition]:
    """Every version of every definition, by the id that a scored day names."""
    return HealthDefinition.objects.in_bulk()


def versions() -> list[Version]:
    """All calibrated versions, the latest first."""
    rows = HealthDefinition.objects.filter(retired_at=None).exclude(calibrated_at=None).order_by("-version")
    return [Version(row.pk, from_document(row.document), row.valid_from) for row in rows]


def version_on(day: date, among: Sequence[Version]) -> Version | None:
    """The latest version that holds on the day; the first one holds for the whole past before it."""
    return next((each for each in among if each.valid_from is None or each.valid_from <= day), None)


def draft() -> HealthDefinition | None:
    """The definition that waits for its first thresholds."""
    return HealthDefinition.objects.filter(calibrated_at=None, retired_at=None).order_by("version").first()


def set_thresholds(row: HealthDefinition, samples: Mapping[str, Sequence[float | None]], size: int) -> None:
    """Gives a draft its thresholds, for all days until a later version. Raises core.calibration.EmptySample."""
    row.document = to_document(calibrate(from_document(row.document), samples))
    row.sample_size = size
    row.provisional = provisional(size, renewed=False)
    row.calibrated_at = clock.now()
    with transaction.atomic():
        row.save(update_fields=["document", "sample_size", "provisional", "calibrated_at"])
        record(CALIBRATED, None, subject=Subject("health definition", row.pk, row.name), detail={"size": size})


def add_version(
    definition: Definition,
    samples: Mapping[str, Sequence[float | None]],
    size: int,
    valid_from: date,
    actor: Member | None,
) -> HealthDefinition:
    """A new version with thresholds from these samples, holding from a day on. Raises core.calibration.EmptySample."""
    document = to_document(calibrate(definition, samples))
    with transaction.atomic():
        latest = HealthDefinition.objects.filter(name=DEFAULT_NAME).aggregate(latest=Max("version"))["latest"] or 0
        made = HealthDefinition.objects.create(
            name=DEFAULT_NAME,
            version=latest + 1,
            document=document,
            provisional=provisional(size, renewed=False),
            sample_size=size,
            calibrated_at=clock.now(),
            valid_from=valid_from,
            created_by=actor,
        )
        subject = Subject("health definition", made.pk, made.name)
        record(VERSION_ADDED, actor, subject=subject, detail={"version": made.version, "size": size})
    return made
