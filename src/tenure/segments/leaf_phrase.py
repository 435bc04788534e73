"""One leaf of a condition in words. The only home of these words; the editor's menus are comparison_words.py."""

from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.core.conditions.fields import NUMBERS, FieldType
from tenure.core.conditions.tree import RANKS, Against, Best, ChangeOf, Comparison, FromDay, Leaf, When
from tenure.segments.catalogue import Catalogue, Entry
from tenure.segments.values import amount, changed_by, many, named, when
from tenure.ui import numbers

FALLS = {Comparison.BELOW, Comparison.AT_MOST}
RISES = {Comparison.ABOVE, Comparison.AT_LEAST}
STRICT = {Comparison.BELOW, Comparison.ABOVE}


def leaf_phrase(leaf: Leaf, catalogue: Catalogue) -> str:
    """What the leaf asks, such as: Breadth is below 40%."""
    entry = catalogue.entries[leaf.field]
    if leaf.change and (moved := _moved(leaf, leaf.change, entry)):
        return moved
    what = entry.name if leaf.change is None else _change_of(leaf.change, entry)
    if leaf.comparison in RANKS:
        return _ranked(leaf, what, catalogue)
    if leaf.comparison is Comparison.KNOWN:
        return _("%(what)s is known") % {"what": what}
    if leaf.comparison is Comparison.UNKNOWN:
        return _("%(what)s is unknown") % {"what": what}
    if entry.field.type in NUMBERS:
        return _number(leaf, what, entry)
    if entry.field.type is FieldType.DATE:
        return _date(leaf, what)
    if entry.field.type is FieldType.YES_NO:
        return _("%(what)s is “%(value)s”") % {"what": what, "value": _("Yes") if leaf.value else _("No")}
    return _named(leaf, what, catalogue)


def against(change: ChangeOf) -> str:
    """What a number is compared with: against 7 days before."""
    match change.against:
        case Against.PERIOD_BEFORE:
            return _("against the period before")
        case Against.YEAR_BEFORE:
            return _("against a year before")
    text = ngettext("against %(count)s day before", "against %(count)s days before", change.days or 0)
    return text % {"count": change.days}


def _moved(leaf: Leaf, change: ChangeOf, entry: Entry) -> str:
    """How far it rose or fell; empty where the comparison does not say it so simply."""
    value = leaf.value
    if leaf.comparison not in FALLS | RISES or isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    rises = leaf.comparison in RISES
    if value == 0 and leaf.comparison in STRICT:
        text = _("%(field)s rose %(against)s") if rises else _("%(field)s fell %(against)s")
    elif rises and value > 0:
        more, least = (
            _("%(field)s rose by more than %(by)s %(against)s"),
            _("%(field)s rose by at least %(by)s %(against)s"),
        )
        text = more if leaf.comparison in STRICT else least
    elif not rises and value < 0:
        more, least = (
            _("%(field)s fell by more than %(by)s %(against)s"),
            _("%(field)s fell by at least %(by)s %(against)s"),
        )
        text = more if leaf.comparison in STRICT else least
    else:
        return ""
    by = changed_by(value, change, entry)
    return _with_minimum(text % {"field": entry.name, "by": by, "against": against(change)}, change, entry)


def _change_of(change: ChangeOf, entry: Entry) -> str:
    said = _("the change of %(field)s %(against)s") % {"field": entry.name, "against": against(change)}
    return _with_minimum(said, change, entry)


def _with_minimum(said: str, change: ChangeOf, entry: Entry) -> str:
    if not change.minimum:
        return said
    return _("%(said)s (from %(minimum)s at least)") % {"said": said, "minimum": amount(change.minimum, entry)}


def _ranked(leaf: Leaf, what: str, catalogue: Catalogue) -> str:
    words = {"what": what, "many": many(cast(Best, leaf.value))}
    is_top = leaf.comparison is Comparison.TOP
    if leaf.within is None:
        return (
            _("%(what)s is among the highest %(many)s") if is_top else _("%(what)s is among the lowest %(many)s")
        ) % words
    words["group"] = catalogue.entries[leaf.within].name
    if is_top:
        return _("%(what)s is among the highest %(many)s of those with the same %(group)s") % words
    return _("%(what)s is among the lowest %(many)s of those with the same %(group)s") % words


def _number(leaf: Leaf, what: str, entry: Entry) -> str:
    if leaf.comparison is Comparison.BETWEEN:
        low, high = cast("tuple[float, float]", leaf.value)
        words = {"what": what, "low": _measure(leaf, low, entry), "high": _measure(leaf, high, entry)}
        return _("%(what)s is between %(low)s and %(high)s") % words
    texts = {
        Comparison.IS: _("%(what)s is %(value)s"),
        Comparison.IS_NOT: _("%(what)s is not %(value)s"),
        Comparison.BELOW: _("%(what)s is below %(value)s"),
        Comparison.AT_MOST: _("%(what)s is at most %(value)s"),
        Comparison.ABOVE: _("%(what)s is above %(value)s"),
        Comparison.AT_LEAST: _("%(what)s is at least %(value)s"),
    }
    return texts[leaf.comparison] % {"what": what, "value": _measure(leaf, cast(float, leaf.value), entry)}


def _measure(leaf: Leaf, value: float, entry: Entry) -> str:
    if leaf.change is None:
        return amount(value, entry)
    return (numbers.MINUS if value < 0 else "") + changed_by(value, leaf.change, entry)


def _date(leaf: Leaf, what: str) -> str:
    match leaf.comparison:
        case Comparison.IN_NEXT_DAYS | Comparison.IN_LAST_DAYS:
            days = cast(int, leaf.value)
            if leaf.comparison is Comparison.IN_NEXT_DAYS:
                text = ngettext("%(what)s is within the next day", "%(what)s is within the next %(count)s days", days)
            else:
                text = ngettext("%(what)s is within the last day", "%(what)s is within the last %(count)s days", days)
            return text % {"what": what, "count": days}
        case Comparison.BETWEEN:
            low, high = cast("tuple[When, When]", leaf.value)
            return _("%(what)s is between %(low)s and %(high)s") % {"what": what, "low": when(low), "high": when(high)}
    if isinstance(leaf.value, FromDay) and leaf.value.days and leaf.comparison in STRICT:
        return _far(leaf, leaf.value.days, what)
    texts = {
        Comparison.IS: _("%(what)s is %(value)s"),
        Comparison.IS_NOT: _("%(what)s is not %(value)s"),
        Comparison.BELOW: _("%(what)s is before %(value)s"),
        Comparison.AT_MOST: _("%(what)s is %(value)s or before"),
        Comparison.ABOVE: _("%(what)s is after %(value)s"),
        Comparison.AT_LEAST: _("%(what)s is %(value)s or after"),
    }
    return texts[leaf.comparison] % {"what": what, "value": when(cast(When, leaf.value))}


def _far(leaf: Leaf, days: int, what: str) -> str:
    """Before or after a date that moves with the day asked about."""
    is_before, count = leaf.comparison is Comparison.BELOW, abs(days)
    if days < 0:
        text = ngettext("%(what)s is more than %(count)s day ago", "%(what)s is more than %(count)s days ago", count)
        less = ngettext("%(what)s is less than %(count)s day ago", "%(what)s is less than %(count)s days ago", count)
        text = text if is_before else less
    else:
        text = ngettext("%(what)s is in more than %(count)s day", "%(what)s is in more than %(count)s days", count)
        less = ngettext("%(what)s is in less than %(count)s day", "%(what)s is in less than %(count)s days", count)
        text = less if is_before else text
    return text % {"what": what, "count": count}


def _named(leaf: Leaf, what: str, catalogue: Catalogue) -> str:
    names = [_("“%(name)s”") % {"name": name} for name in named(leaf, catalogue)]
    comparison = leaf.comparison
    if len(names) == 1:
        comparison = {Comparison.IN: Comparison.IS, Comparison.NOT_IN: Comparison.IS_NOT}.get(comparison, comparison)
    texts = {
        Comparison.IS: _("%(what)s is %(value)s"),
        Comparison.IS_NOT: _("%(what)s is not %(value)s"),
        Comparison.IN: _("%(what)s is one of %(value)s"),
        Comparison.NOT_IN: _("%(what)s is none of %(value)s"),
        Comparison.CONTAINS: _("%(what)s contains %(value)s"),
        Comparison.NOT_CONTAINS: _("%(what)s does not contain %(value)s"),
        Comparison.STARTS_WITH: _("%(what)s begins with %(value)s"),
        Comparison.CONTAINS_ANY: _("%(what)s has any of %(value)s"),
        Comparison.CONTAINS_ALL: _("%(what)s has all of %(value)s"),
        Comparison.CONTAINS_NONE: _("%(what)s has none of %(value)s"),
    }
    return texts[comparison] % {"what": what, "value": _(", ").join(names)}
