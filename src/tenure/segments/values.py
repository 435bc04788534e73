"""Values of fields in words: exact where a condition names them, as pages show them where an account has them."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tenure.core.conditions.fields import FieldType, Value
from tenure.core.conditions.tree import As, Asker, Best, ChangeOf, FromDay, Leaf, When
from tenure.segments.catalogue import Catalogue, Entry
from tenure.ui import numbers


def amount(value: float, entry: Entry, *, exact: bool = True) -> str:
    """A number of the field, with its unit; `exact` with all its decimals."""
    match entry.field.type:
        case FieldType.SHARE:
            return numbers.share(value, _decimals(value * 100) if exact else None)
        case FieldType.DAYS if value == round(value):
            return numbers.days(round(value))
        case FieldType.MONEY if entry.currency:
            return numbers.money(round(value * 100), entry.currency)
        case _:
            return f"{numbers.number(value, _decimals(value) if exact else None)} {entry.unit}".strip()


def changed_by(value: float, change: ChangeOf, entry: Entry, *, exact: bool = True) -> str:
    """A change without its sign: 30%, or so much in the field's unit; of a share, percentage points."""
    size = abs(value)
    if change.as_ is As.SHARE:
        return numbers.share(size, _decimals(size * 100) if exact else None)
    if entry.field.type is FieldType.SHARE:
        return _("%(points)s pp") % {"points": numbers.number(size * 100, _decimals(size * 100) if exact else None)}
    return amount(size, entry, exact=exact)


def many(best: Best) -> str:
    """How many of the ranked: 10, or 10%."""
    if best.count is not None:
        return pgettext("ranked customers", "%(count)s") % {"count": numbers.number(best.count)}
    share = (best.basis_points or 0) / 10_000
    return numbers.share(share, _decimals(share * 100))


def when(value: When) -> str:
    """A date, or one that moves with the day asked about."""
    if isinstance(value, date):
        return numbers.day(value)
    assert isinstance(value, FromDay)
    if value.days == 0:
        return _("the day itself")
    if value.days < 0:
        text = ngettext("%(count)s day ago", "%(count)s days ago", -value.days)
    else:
        text = ngettext("in %(count)s day", "in %(count)s days", value.days)
    return text % {"count": numbers.number(abs(value.days))}


def named(leaf: Leaf, catalogue: Catalogue) -> list[str]:
    """The options, texts or members that a leaf lists."""
    entry = catalogue.entries[leaf.field]
    listed = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return [_name(each, entry, catalogue) for each in listed]


def shown(value: Value, entry: Entry, catalogue: Catalogue) -> str:
    """A value an account has, as pages show it."""
    if value is None:
        return _("unknown")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return numbers.day(value)
    if isinstance(value, frozenset):
        parts = cast("Collection[object]", value)
        return _(", ").join(sorted(_name(each, entry, catalogue) for each in parts))
    if isinstance(value, str):
        return _name(value, entry, catalogue)
    return amount(value, entry, exact=False)


def _name(value: object, entry: Entry, catalogue: Catalogue) -> str:
    if value is Asker.ME:
        return _("me")
    if entry.field.type is FieldType.MEMBER and isinstance(value, int):
        return dict(catalogue.members).get(value, f"#{value}")
    return dict(entry.options).get(str(value), str(value))


def _decimals(value: float) -> int:
    """How many decimals a number needs, as people would write it."""
    exponent = Decimal(f"{value:.10g}").normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
