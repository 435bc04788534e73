"""An explanation in words: each part of a condition with its verdict and what decided it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.core.change import Change, NoChange
from tenure.core.conditions.explanation import Explained, Ranking
from tenure.core.conditions.fields import Value
from tenure.core.conditions.tree import As, Became, Comparison, Held, Leaf
from tenure.segments.catalogue import Catalogue, Entry
from tenure.segments.sentence import heading
from tenure.segments.values import amount, changed_by, shown
from tenure.ui import numbers


@dataclass(frozen=True)
class Told:
    """`says` is the leaf as a phrase, or what stands over the parts of a branch; `because` is what decided it: of a
    leaf the values, of held and became the days, of others empty.
    """

    says: str
    holds: bool
    because: str
    parts: "tuple[Told, ...]" = ()


def tell(explained: Explained, catalogue: Catalogue) -> Told:
    """The explanation in the person's language."""
    parts = tuple(tell(part, catalogue) for part in explained.parts)
    return Told(heading(explained.node, catalogue), explained.holds, _because(explained, catalogue), parts)


def as_json(explained: Explained, catalogue: Catalogue) -> dict[str, object]:
    """The same with the values as they are, for programs; what does not apply is left out."""
    found: dict[str, object] = {
        "says": heading(explained.node, catalogue),
        "holds": explained.holds,
        "because": _because(explained, catalogue),
    }
    if isinstance(explained.node, Leaf):
        found |= {"field": explained.node.field, "value": _plain(explained.value)}
    if explained.change:
        found |= {"base_day": str(explained.base_day), "base": explained.change.base, "change": explained.change.change}
    if ranking := explained.ranking:
        found |= {"rank": ranking.rank, "ranked": ranking.size, "taken": ranking.taken, "edge": ranking.edge}
    if explained.days is not None:
        found |= {"days": explained.days, "other_day": str(explained.other_day) if explained.other_day else None}
    if explained.parts:
        found["parts"] = [as_json(part, catalogue) for part in explained.parts]
    return found


def _plain(value: Value) -> object:
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    return str(value) if isinstance(value, date) else value


def _because(explained: Explained, catalogue: Catalogue) -> str:
    match explained.node:
        case Leaf():
            return _of_leaf(explained, explained.node, catalogue)
        case Held(days=days):
            words = {"days": explained.days, "of": days, "day": explained.other_day}
            text = (
                _("on %(days)s of %(of)s days") if explained.holds else _("on %(days)s of %(of)s days; not on %(day)s")
            )
            return text % words
        case Became():
            if explained.other_day is None:
                return _("not otherwise in these days")
            return _("not yet on %(day)s") % {"day": explained.other_day}
    return ""


def _of_leaf(explained: Explained, leaf: Leaf, catalogue: Catalogue) -> str:
    entry = catalogue.entries[leaf.field]
    said = shown(explained.value, entry, catalogue)
    if explained.change and leaf.change:
        said = _of_change(said, explained, explained.change, leaf, entry)
    if explained.ranking:
        group = shown(explained.group, catalogue.entries[leaf.within], catalogue) if leaf.within else ""
        said = _("%(value)s: %(ranking)s") % {
            "value": said,
            "ranking": _of_ranking(explained.ranking, leaf, entry, group),
        }
    return said


def _of_change(said: str, explained: Explained, change: Change, leaf: Leaf, entry: Entry) -> str:
    assert leaf.change is not None
    base = amount(change.base, entry, exact=False) if change.base is not None else _("unknown")
    words = {"value": said, "base": base, "day": explained.base_day}
    if change.change is None:
        reasons = {
            NoChange.NO_VALUE: _("nothing to compare"),
            NoChange.NO_BASE: _("nothing to compare with"),
            NoChange.BASE_ZERO: _("from 0 there is no share"),
            NoChange.TOO_LITTLE: _("too little to compare with"),
        }
        words["change"] = reasons[change.why_none or NoChange.NO_VALUE]
    else:
        sign = numbers.MINUS if change.change < 0 else "+" if change.change > 0 else ""
        words["change"] = sign + changed_by(change.change, leaf.change, entry, exact=False)
    return _("%(value)s, on %(day)s %(base)s: %(change)s") % words


def _of_ranking(ranking: Ranking, leaf: Leaf, entry: Entry, group: str) -> str:
    is_share = leaf.change is not None and leaf.change.as_ is As.SHARE
    edge = numbers.change(ranking.edge) if is_share else amount(ranking.edge, entry, exact=False)
    words = {"rank": ranking.rank, "size": ranking.size, "edge": edge, "group": group}
    text = ngettext(
        "place %(rank)s of %(size)s, the first one ends at %(edge)s",
        "place %(rank)s of %(size)s, the first %(taken)s end at %(edge)s",
        ranking.taken,
    )
    if leaf.comparison is Comparison.BOTTOM:
        text = ngettext(
            "place %(rank)s of %(size)s from below, the last one ends at %(edge)s",
            "place %(rank)s of %(size)s from below, the last %(taken)s end at %(edge)s",
            ranking.taken,
        )
    said = text % {**words, "taken": ranking.taken}
    return _("%(ranking)s (of “%(group)s”)") % {"ranking": said, "group": group} if group else said
