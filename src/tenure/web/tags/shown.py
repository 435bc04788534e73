"""The tags of a customer as pages show them, each leading to the customers that have it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from tenure.accounts.as_of import values_at
from tenure.accounts.fields.reading import may_edit
from tenure.accounts.models import FieldType
from tenure.lib import clock
from tenure.segments.tags.tag import FIELD, Tag, tags_field, tags_of
from tenure.ui.page import PageRequest
from tenure.ui.table import Badge
from tenure.web.cards.moments import looking
from tenure.web.cards.shown import Known

PARAMETER = "tag"  # of the customers list's address


@dataclass(frozen=True)
class ShownTag:
    """`removable`: whoever looks may take it off."""

    tag: Tag
    href: str
    removable: bool


@dataclass(frozen=True)
class TagsOf:
    """Those of a customer on the page's day, and those that can be put on; nobody changes the past here."""

    tags: Sequence[ShownTag]
    others: Sequence[Tag]


def tags_at(request: PageRequest, known: Known) -> TagsOf:
    """As of the request's day; `known` is what is known of the customer, its tags among it."""
    field, fact = known.fields.get(FIELD), known.facts.get(FIELD)
    if field is None or field.type != FieldType.CHOICES:
        return TagsOf((), ())
    held = fact.value if fact and isinstance(fact.value, list) else []
    now = request.day >= request.latest_day and looking(request).known_at is None
    editable = now and may_edit(request.member, field)
    every = [tag for tag in tags_of(field).values() if not tag.archived]
    return TagsOf(
        [ShownTag(tag, list_of(tag), editable and tag.by_hand) for tag in every if tag.value in held],
        [tag for tag in every if tag.by_hand and tag.value not in held] if editable else [],
    )


def list_of(tag: Tag) -> str:
    """The customers list with those that have it."""
    return f"{reverse('customers:list')}?{urlencode({PARAMETER: tag.value})}"


def badges(account_ids: Collection[int], moment: datetime | None) -> dict[int, tuple[Badge, ...]]:
    """Tags of many accounts just before the moment, None is now, as cells of a table show them."""
    as_of = clock.now() if moment is None else moment - timedelta(microseconds=1)
    tags = tags_of(tags_field())
    held = values_at(as_of, fields=[FIELD], account_ids=account_ids).get(FIELD, {})
    return {account: _badges(value, tags) for account, value in held.items() if isinstance(value, list)}


def _badges(values: Collection[object], tags: Mapping[str, Tag]) -> tuple[Badge, ...]:
    return tuple(
        Badge(str(tag), tag.tone or "unknown") for tag in tags.values() if tag.value in values and not tag.archived
    )
