"""Rows in an order that is the same on every database."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Field, Model
from django.db.models.expressions import OrderBy


def by(model: type[Model], field: str, *, descending: bool = False) -> OrderBy:
    """The order of a field, given with its relations ("owner__name"). Rows without a value come last either way:
    SQLite would have them first in ascending order, PostgreSQL in descending.

    A field that always has a value is ordered as its index lies.
    """
    last = True if _may_be_empty(model, field) else None
    return F(field).desc(nulls_last=last) if descending else F(field).asc(nulls_last=last)


def _may_be_empty(model: type[Model], path: str) -> bool:
    """Whether a part of the path may. What is no column, such as an annotation, may."""
    name, _, rest = path.partition("__")
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return True
    if not isinstance(field, Field) or field.null:
        return True
    return bool(rest) and (not isinstance(field.related_model, type) or _may_be_empty(field.related_model, rest))
