"""The explanation of one account says what the interpreter says of all, on conditions and histories by chance."""

from random import Random

import pytest

from tenure.core.conditions.document import from_document, to_document
from tenure.core.conditions.explanation import explain
from tenure.core.conditions.interpreter import matching
from tests.core.conditions.chance import ACCOUNTS, DAYS, condition, world
from tests.core.conditions.fields import FIELDS
from tests.core.conditions.history import HistoryEvidence


@pytest.mark.parametrize("seed", range(3))
def test_it_explains_what_the_interpreter_finds(seed):
    chance = Random(seed)
    history = world(chance).history()
    for _ in range(25):
        document = condition(chance)
        node = from_document(document, FIELDS)
        assert from_document(to_document(node), FIELDS) == node
        explained = {each: explain(node, HistoryEvidence(history, each), DAYS[-1]).holds for each in ACCOUNTS}
        assert {each for each, holds in explained.items() if holds} == matching(node, history, DAYS[-1]), document
