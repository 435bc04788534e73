import copy
import json

import pytest

from tenure.core.calibration import calibrate
from tenure.core.document import BadDocument
from tenure.core.health import Definition, Direction, Part, Thresholds
from tenure.core.health_document import from_document, to_document

DEFINITION = Definition(
    (Part("use", 30), Part("silence", 20, Direction.LESS, tolerance=Thresholds(28, 14, 7, 3))), minimum_age_days=21
)


@pytest.mark.parametrize(
    "definition", [DEFINITION, calibrate(DEFINITION, {"use": [1.5, 2, 9, 30], "silence": range(30)})]
)
def test_it_comes_back_from_json_as_it_was(definition):
    assert from_document(json.loads(json.dumps(to_document(definition)))) == definition


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.update(colour="red"), "colour"),
        (lambda d: d.update(parts=[]), "parts"),
        (lambda d: d.update(parts="use"), "parts"),
        (lambda d: d.update(minimum_age_days=1.5), "minimum_age_days"),
        (lambda d: d["parts"].append(3), "parts[2]"),
        (lambda d: d["parts"].append(d["parts"][0]), "parts[2].metric"),
        (lambda d: d["parts"].extend([d["parts"][0]] * 30), "parts"),
        (lambda d: d["parts"][1].update(weight=-1), "parts[1].weight"),
        (lambda d: d["parts"][1].update(weight=True), "parts[1].weight"),
        (lambda d: d["parts"][1].update(weight=float("nan")), "parts[1].weight"),
        (lambda d: d["parts"][0].update(metric=" "), "parts[0].metric"),
        (lambda d: d["parts"][0].update(direction="up"), "parts[0].direction"),
        (lambda d: d["parts"][1]["tolerance"].update(healthy=99), "parts[1].tolerance"),
        (lambda d: d["parts"][1]["tolerance"].update(extra=1), "parts[1].tolerance.extra"),
        (lambda d: d["parts"][0].update(thresholds={"worst": 1}), "parts[0].thresholds.at_risk"),
    ],
)
def test_it_names_the_place_of_what_it_cannot_use(change, path):
    document = copy.deepcopy(to_document(DEFINITION))
    change(document)
    with pytest.raises(BadDocument) as refused:
        from_document(document)
    assert refused.value.path == path
    assert str(refused.value).startswith(path)


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_it_refuses_what_is_no_object(value):
    with pytest.raises(BadDocument, match="object"):
        from_document(value)
