"""The explanation of one account says what the interpreter says of all, on random conditions and histories."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.core.conditions.document import from_document, to_document
from tenure.core.conditions.explanation import explain
from tenure.core.conditions.interpreter import matching
from tests.core.conditions.fields import FIELDS
from tests.core.conditions.history import HistoryEvidence, worlds
from tests.core.conditions.strategies import ACCOUNTS, DAYS, documents


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(worlds(), st.lists(documents, min_size=8, max_size=8))
def test_it_explains_what_the_interpreter_finds(world, conditions):
    history = world.history()
    for document in conditions:
        node = from_document(document, FIELDS)
        assert from_document(to_document(node), FIELDS) == node
        found = matching(node, history, DAYS[-1])
        assert found == {
            account for account in ACCOUNTS if explain(node, HistoryEvidence(history, account), DAYS[-1]).holds
        }
