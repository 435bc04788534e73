"""A health definition as a JSON document and back."""

from tenure.core.document import BadDocument, Document
from tenure.core.health import Definition, Direction, Part, Sample, Thresholds

MOST_PARTS = 20
LARGEST = 1e12

JSON = dict[str, object]


def to_document(definition: Definition) -> JSON:
    return {"minimum_age_days": definition.minimum_age_days, "parts": [_part(each) for each in definition.parts]}


def from_document(value: object) -> Definition:
    """Reads a definition; raises BadDocument with the dotted path of what cannot be used."""
    document = Document(value)
    age = document.whole("minimum_age_days", 0, 365) if document.optional("minimum_age_days") else 14
    parts = tuple(_read_part(each) for each in document.objects("parts", MOST_PARTS))
    document.close()
    if not parts:
        raise BadDocument("parts", "must have at least one entry.")
    seen: set[str] = set()
    for n, part in enumerate(parts):
        if part.metric in seen:
            raise BadDocument(f"parts[{n}].metric", f"names {part.metric} a second time.")
        seen.add(part.metric)
    return Definition(parts, age)


def _part(part: Part) -> JSON:
    document: JSON = {"metric": part.metric, "weight": part.weight, "direction": part.direction.value}
    if part.thresholds:
        document["thresholds"] = _thresholds(part.thresholds)
    if part.tolerance:
        document["tolerance"] = _thresholds(part.tolerance)
    if part.sample:
        document["sample"] = _sample(part.sample)
    return document


def _thresholds(each: Thresholds) -> JSON:
    return {"worst": each.worst, "at_risk": each.at_risk, "healthy": each.healthy, "best": each.best}


def _sample(sample: Sample) -> JSON:
    return {"size": sample.size, "at_risk": _interval(sample.at_risk), "healthy": _interval(sample.healthy)}


def _interval(interval: tuple[float | None, float | None]) -> JSON:
    return {"low": interval[0], "high": interval[1]}


def _read_part(document: Document) -> Part:
    direction = document.choice("direction", Direction)
    part = Part(
        metric=document.text("metric", 60),
        weight=document.number("weight", 0.001, 1000),
        direction=direction,
        thresholds=_read_thresholds(document, "thresholds", direction),
        tolerance=_read_thresholds(document, "tolerance", direction),
        sample=_read_sample(document) if document.optional("sample") else None,
    )
    document.close()
    return part


def _read_thresholds(parent: Document, key: str, direction: Direction) -> Thresholds | None:
    if not parent.optional(key):
        return None
    document = parent.nested(key)
    names = ("worst", "at_risk", "healthy", "best")
    values = [document.number(name, -LARGEST, LARGEST) for name in names]
    document.close()
    if values != sorted(values, reverse=direction is Direction.LESS):
        order = "rise" if direction is Direction.MORE else "fall"
        raise BadDocument(parent.at(key), f"must {order} from worst over at_risk and healthy to best.")
    return Thresholds(*values)


def _read_sample(parent: Document) -> Sample:
    document = parent.nested("sample")
    sample = Sample(
        size=document.whole("size", 1, 10**9),
        at_risk=_read_interval(document, "at_risk"),
        healthy=_read_interval(document, "healthy"),
    )
    document.close()
    return sample


def _read_interval(parent: Document, key: str) -> tuple[float | None, float | None]:
    document = parent.nested(key)
    low = document.number("low", -LARGEST, LARGEST) if document.optional("low") else None
    high = document.number("high", -LARGEST, LARGEST) if document.optional("high") else None
    document.close()
    return low, high
