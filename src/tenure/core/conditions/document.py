"""A condition as a JSON document: read strictly, and written so that reading gives the same tree again.

Errors name the place, like all[0].value, and say what would be right there.
"""

from tenure.core.conditions.fields import GROUPS, NUMBERS, Field, Fields
from tenure.core.conditions.tree import (
    RANKS,
    WITHOUT_VALUE,
    Against,
    AllOf,
    AnyOf,
    As,
    Became,
    ChangeOf,
    Comparison,
    Held,
    Leaf,
    Node,
    Not,
    look_back,
)
from tenure.core.conditions.values import COMPARISONS, read_value, write_value
from tenure.core.document import BadDocument, Document

VERSION = 1
DEEPEST = 6
MOST_LEAVES = 50
MOST_PARTS = 20
MOST_DAYS = 366  # of held and became
MOST_CHANGE_DAYS = 732
MOST_LOOK_BACK = 1_100
LARGEST = 1e15
LONGEST_KEY = 210
KINDS = ("all", "any", "not", "held", "became", "field")

JSON = dict[str, object]


def from_document(value: object, fields: Fields) -> Node:
    """Reads a condition over these fields; raises BadDocument with the path of what cannot be used."""
    document = Document(value)
    if document.optional("version") and document.whole("version", 1, 10**6) != VERSION:
        raise BadDocument("version", f"must be {VERSION}: this was written by a newer Tenure.")
    node = _Reader(fields).node(document, 1)
    if look_back(node) > MOST_LOOK_BACK:
        raise BadDocument("", f"looks back {look_back(node):,} days in all; at most {MOST_LOOK_BACK:,}.")
    return node


def to_document(node: Node) -> JSON:
    """The document that means this; `from_document` of it is the same tree."""
    return {"version": VERSION, **_write(node)}


class _Reader:
    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._leaves = 0

    def node(self, document: Document, depth: int) -> Node:
        kinds = [kind for kind in KINDS if document.has(kind)]
        if len(kinds) != 1:
            raise BadDocument(document.path, f"must have one of {', '.join(KINDS)}, and only one.")
        if depth > DEEPEST:
            raise BadDocument(document.path, f"is {depth} levels deep; at most {DEEPEST}. Make a flatter condition.")
        node = self._leaf(document) if kinds[0] == "field" else self._branch(kinds[0], document, depth)
        document.close()
        return node

    def _branch(self, kind: str, document: Document, depth: int) -> Node:
        match kind:
            case "not":
                return Not(self.node(document.nested(kind), depth + 1))
            case "held" | "became":
                part = self.node(document.nested(kind), depth + 1)
                days = document.whole("days", 1, MOST_DAYS)
                return Held(part, days) if kind == "held" else Became(part, days)
        entries = document.objects(kind, MOST_PARTS)
        if not entries and (kind == "any" or depth > 1):
            raise BadDocument(document.at(kind), "must have at least one entry.")
        parts = tuple(self.node(entry, depth + 1) for entry in entries)
        return AllOf(parts) if kind == "all" else AnyOf(parts)

    def _leaf(self, document: Document) -> Leaf:
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            raise BadDocument(document.path, f"is one leaf too many; at most {MOST_LEAVES}.")
        field = self._field(document, "field")
        change = _read_change(document, field) if document.optional("change") else None
        comparison = document.choice("comparison", Comparison)
        offered = COMPARISONS[field.type]
        if comparison not in offered:
            raise BadDocument(
                document.at("comparison"), f"does not go with {field.type} fields; {', '.join(offered)} do."
            )
        if comparison in WITHOUT_VALUE:
            return Leaf(field.key, comparison, change=change)
        value = read_value(document, field, comparison)
        return Leaf(field.key, comparison, value, change, self._within(document, comparison))

    def _within(self, document: Document, comparison: Comparison) -> str | None:
        if comparison not in RANKS or not document.optional("within"):
            return None
        field = self._field(document, "within")
        if field.type not in GROUPS:
            raise BadDocument(document.at("within"), f"cannot group by a {field.type}; choice, text or yes_no can.")
        return field.key

    def _field(self, document: Document, key: str) -> Field:
        name = document.text(key, LONGEST_KEY)
        if name not in self._fields:
            raise BadDocument(document.at(key), f"there is no field {name}.")
        return self._fields[name]


def _read_change(parent: Document, field: Field) -> ChangeOf:
    if field.type not in NUMBERS:
        raise BadDocument(parent.at("change"), f"goes with numbers only; {field.key} is a {field.type}.")
    document = parent.nested("change")
    against = document.choice("against", Against)
    days = None
    if against is Against.DAYS_BEFORE:
        days = document.whole("days", 1, MOST_CHANGE_DAYS)
    elif against is Against.PERIOD_BEFORE:
        days = field.window_days
        if days is None:
            raise BadDocument(document.at("against"), f"{field.key} has no period of its own; use days_before.")
    as_ = document.choice("as", As) if document.optional("as") else As.SHARE
    minimum = document.number("minimum", 0, LARGEST) if document.optional("minimum") else None
    document.close()
    return ChangeOf(against, days, as_, minimum)


def _write(node: Node) -> JSON:
    match node:
        case AllOf():
            return {"all": [_write(part) for part in node.parts]}
        case AnyOf():
            return {"any": [_write(part) for part in node.parts]}
        case Not():
            return {"not": _write(node.part)}
        case Held():
            return {"held": _write(node.part), "days": node.days}
        case Became():
            return {"became": _write(node.part), "days": node.days}
        case Leaf():
            return _write_leaf(node)


def _write_leaf(leaf: Leaf) -> JSON:
    document: JSON = {"field": leaf.field}
    if leaf.change:
        document["change"] = _write_change(leaf.change)
    document["comparison"] = leaf.comparison.value
    if leaf.comparison not in WITHOUT_VALUE:
        document["value"] = write_value(leaf.value)
    if leaf.within:
        document["within"] = leaf.within
    return document


def _write_change(change: ChangeOf) -> JSON:
    document: JSON = {"against": change.against.value}
    if change.against is Against.DAYS_BEFORE:
        document["days"] = change.days
    document["as"] = change.as_.value
    if change.minimum is not None:
        document["minimum"] = change.minimum
    return document
