"""Conditions as they come in from forms and addresses: JSON text."""

import json

from tenure.core.conditions.document import from_document
from tenure.core.conditions.fields import Fields
from tenure.core.conditions.tree import Node
from tenure.core.document import BadDocument

LONGEST = 100_000  # characters; 50 leaves of 100 long texts each would still be more than anybody writes


def read_text(text: str, fields: Fields) -> Node:
    """The condition a JSON text says; raises BadDocument."""
    if len(text) > LONGEST:
        raise BadDocument("", f"is {len(text):,} characters long; at most {LONGEST:,}.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise BadDocument("", "is no JSON; see docs/conditions.md.") from None
    return from_document(document, fields)
