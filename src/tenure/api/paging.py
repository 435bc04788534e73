"""Lists a page at a time, by key: nothing is skipped or seen twice when rows come and go in between."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from tenure.api.asked import Text
from tenure.api.errors import Refusal

MOST: Final = 200
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


class Paged(Schema):
    """`after` is the `next` of the page before."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="How many at most.")] = 50
    after: Annotated[Text, Field(max_length=400, description="The `next` of the page before.")] = ""


class Page(Schema, Generic[Item]):
    """`next` leads to the page after; null on the last."""

    items: list[Item]
    next: str | None = None


def page_of(rows: QuerySet[Row], paged: Paged, show: Callable[[list[Row]], list[Item]], by: str = "") -> dict[str, Any]:
    """A page in the order of `by`, a column that is never null ("-at": latest first), then of the key; by key alone
    when it is left out. `show` says what the rows look like. Raises Refusal.
    """
    name, down = by.removeprefix("-"), by.startswith("-")
    keys = [name, "pk"] if name else ["pk"]
    if paged.after:
        rows = rows.filter(_beyond(keys, _read(paged.after, len(keys)), down))
    ordered = rows.order_by(*(F(key).desc() if down else F(key).asc() for key in keys))
    found = list(ordered[: paged.limit + 1])
    shown = found[: paged.limit]
    more = _write([getattr(shown[-1], key) for key in keys]) if len(found) > paged.limit else None
    return {"items": show(shown), "next": more}


def page_of_keys(keys: list[int], paged: Paged) -> tuple[list[int], str | None]:
    """The page of keys in ascending order, and the cursor of the next one."""
    after = int(_read(paged.after, 1)[0]) if paged.after else 0
    found = [key for key in keys if key > after][: paged.limit + 1]
    shown = found[: paged.limit]
    return shown, _write([shown[-1]]) if len(found) > paged.limit else None


def _beyond(keys: list[str], values: list[Any], down: bool) -> Q:
    way = "lt" if down else "gt"
    if len(keys) == 1:
        return Q(**{f"pk__{way}": values[0]})
    first, last = values
    return Q(**{f"{keys[0]}__{way}": first}) | Q(**{keys[0]: first, f"pk__{way}": last})


def _write(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).rstrip(b"=").decode()


def _read(cursor: str, count: int) -> list[Any]:
    try:
        values = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=list[str | int])
        *first, key = values
        if len(values) != count or not isinstance(key, int) or not 0 <= key < 2**53:
            raise ValueError
        return [*(_moment(each) for each in first), key]
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise Refusal(422, _("This is not the “next” of a page before."), path="query.after") from None


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError
    return moment
