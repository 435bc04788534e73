"""Choosing rows of the one table and doing something with all of them.

    Bulk(reverse("events:mark"), "event", [Verb(_("Value"), "class", "2")], label=_("Mark as"))

A table with a `Bulk` gets a checkbox for each row that has a key, and a bar with the verbs while any is chosen. The bar
is an ordinary form: it posts `field` once for each chosen key, what its button says, and `next`, the address of the
very list the person sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tenure.ui.text import Text


@dataclass(frozen=True)
class Verb:
    """A button of the bar; it posts `name`=`value`, to `action` where that is not the bar's own."""

    label: Text
    name: str
    value: str
    action: str = ""


@dataclass(frozen=True)
class Ask:
    """A field of the bar with the button that posts it: `name`=what was typed. `choices` are offered while typing."""

    label: Text
    name: str
    hint: Text
    choices: Sequence[str] = ()
    most: int = 120


@dataclass(frozen=True)
class Bulk:
    """What may be done with chosen rows: where it is posted to, and under which name their keys are."""

    action: str
    field: str
    verbs: Sequence[Verb]
    label: Text = ""
    ask: Ask | None = None
    ask_verbs: Sequence[Verb] = ()  # stand beside the field: take out, beside put into
