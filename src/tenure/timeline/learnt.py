"""What other systems and imports said of the account: facts, with what was known before."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.accounts.as_of import counting
from tenure.accounts.fields.editing import BY_HAND, BY_RULE
from tenure.accounts.fields.reading import fields_by_key
from tenure.accounts.fields.words import plain, show, source_name
from tenure.accounts.models import Fact, Field
from tenure.lib.compiled import Compiled, Given
from tenure.timeline.entry import GIVEN, Asked, Entry, Key, Kind, Place, page_of
from tenure.ui.numbers import NONE

_FACTS_AN_ENTRY = (1, 8)  # so many are read for each entry asked for, and then; what came at one instant is one entry
SHOWN = 6


def learnt(asked: Asked) -> list[Entry]:
    """Facts from sources. What people and rules write is told by its activity; a person or text finds none."""
    if asked.person is not None or asked.text:
        return []
    groups = _latest(asked)
    before = _before(groups)
    fields = fields_by_key({fact.field for group in groups for fact in group}) if groups else {}
    page = reverse("customers:page", args=[asked.account_id])
    return [_entry(group, before, fields, asked, page) for group in groups]


def _latest(asked: Asked) -> list[list[Fact]]:
    """The latest groups of one instant and source, at most `limit`: more facts are read where there may be more."""
    groups: list[list[Fact]] = []
    place = Place.of(_before_the_instant(asked), Kind.FIELD)
    for most in (asked.limit * each + 1 for each in _FACTS_AN_ENTRY):
        rows = _facts(most).ask(accounts=asked.accounts, **place._asdict())
        groups = [list(some) for _at, some in groupby(rows, key=lambda fact: (fact.valid_from, fact.source))]
        if len(rows) < most:
            break
        if len(groups) > 1:
            groups.pop()  # it may go on beyond what was read
        if len(groups) >= asked.limit:
            break
    return groups[: asked.limit]


@cache
def _facts(most: int) -> Compiled[Fact]:
    def build() -> QuerySet[Fact]:
        own = counting().filter(account_id__any_of=Given("accounts")).exclude(source__in=(BY_HAND, BY_RULE))
        return page_of(own, GIVEN, "valid_from", "id")[:most]

    return Compiled(build)


def _before_the_instant(asked: Asked) -> Asked:
    """An entry is all facts of its instant: the next page begins before it."""
    if asked.before is None or asked.before.rank != Kind.FIELD.rank:
        return asked
    return Asked(**{**vars(asked), "before": asked.before._replace(id=0)})


def _entry(group: Sequence[Fact], before: dict[int, Any], fields: dict[str, Field], asked: Asked, page: str) -> Entry:
    lines = [_line(fact, before.get(fact.pk), fields.get(fact.field)) for fact in reversed(group)]
    at, count = group[0].valid_from, len(group)
    if count > SHOWN:
        lines[SHOWN:] = [ngettext("and %(count)d more", "and %(count)d more", count - SHOWN) % {"count": count - SHOWN}]
    said = ngettext("%(count)d field from %(source)s", "%(count)d fields from %(source)s", count)
    day = at.astimezone(asked.zone).date()
    return Entry(
        Kind.FIELD,
        Key(at, Kind.FIELD.rank, min(fact.pk for fact in group)),
        icon="database",
        title=said % {"count": count, "source": source_name(group[0].source) or _("another system")},
        lines=tuple(lines),
        href=f"{page}?day={day.isoformat()}",
    )


def _line(fact: Fact, before: Any, field: Field | None) -> str:
    def words(value: Any) -> str:
        if value in (None, "", []):
            return NONE
        return show(field, value) if field else plain(value)

    shown = {"field": field or fact.field, "before": words(before), "after": words(fact.value)}
    if before is None:
        return _("%(field)s: %(after)s") % shown
    return _("%(field)s: %(before)s → %(after)s") % shown


def _before(groups: Sequence[Sequence[Fact]]) -> dict[int, Any]:
    """The value that was true before each fact, by the fact's key."""
    keys = [fact.pk for group in groups for fact in group]
    return dict(_VALUES_BEFORE.ask(keys=keys)) if keys else {}


def _values_before() -> QuerySet[Fact, tuple[int, Any]]:
    sooner = Q(valid_from__lt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__lt=OuterRef("pk"))
    earlier = counting().filter(sooner, account=OuterRef("account"), field=OuterRef("field"))
    value = Subquery(earlier.order_by("-valid_from", "-pk").values("value")[:1])
    return Fact.objects.filter(pk__any_of=Given("keys")).annotate(before=value).values_list("pk", "before")


_VALUES_BEFORE = Compiled(_values_before)
