"""What accounts had, on a day, of what a condition asks about: kept when a rule puts them somewhere."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tenure.accounts.fact_copy import copy_facts
from tenure.accounts.fields.telling import Texts
from tenure.accounts.models import Account
from tenure.core.conditions.fields import DayColumn, FactField, Field, FirstDay, Given, Value
from tenure.core.conditions.said import read_said
from tenure.core.conditions.tree import Node
from tenure.segments.asking import Asking, fields_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.in_charge import in_charge
from tenure.segments.values import shown
from tenure.warehouse.store import FactQuery

Values = dict[str, Value]


def matched(node: Node, accounts: Collection[int], day: date, moment: datetime, asking: Asking) -> dict[int, Values]:
    """{account: {field: value}} of the fields the condition names, facts as at `moment`; what is unknown is left out.

    Two questions to the warehouse at most, however many accounts and leaves there are.
    """
    found: dict[int, Values] = {account: {} for account in accounts}
    if not found:
        return {}
    fields = list({field.key: field for field in fields_of(node, asking.fields)}.values())
    for key, account, value in (
        *_numbers(fields, day, asking),
        *_facts(fields, list(found), moment, asking),
        *_first_days(fields, found),
        *_people(fields, day, asking),
    ):
        if account in found and value is not None:
            found[account][key] = value
    return found


def _numbers(fields: Iterable[Field], day: date, asking: Asking) -> Iterable[tuple[str, int, Value]]:
    columns = [(field, source) for field in fields if isinstance(source := field.source, DayColumn)]
    if not columns:
        return
    for account, *values in asking.store.day_values(day, [source.name for _field, source in columns]):
        for (field, source), value in zip(columns, values, strict=True):
            yield field.key, account, _coded(source, value)


def _coded(source: DayColumn, value: float | int | None) -> Value:
    if not source.codes:
        return value
    return next((name for name, code in source.codes.items() if code == value), None)


def _facts(
    fields: Iterable[Field], accounts: Collection[int], moment: datetime, asking: Asking
) -> Iterable[tuple[str, int, Value]]:
    named = {source.name: field for field in fields if isinstance(source := field.source, FactField)}
    if not named:
        return
    copy_facts(asking.store)
    for account, name, text in asking.store.facts_at(FactQuery(moment, fields=named, account_ids=accounts)):
        yield named[name].key, account, read_said(named[name].type, text)


def _first_days(fields: Iterable[Field], accounts: Collection[int]) -> Iterable[tuple[str, int, Value]]:
    for field in fields:
        if isinstance(field.source, FirstDay):
            for account, day in Account.objects.filter(pk__any_of=accounts).values_list("pk", "first_day"):
                yield field.key, account, day


def _people(fields: Iterable[Field], day: date, asking: Asking) -> Iterable[tuple[str, int, Value]]:
    for field in fields:
        if isinstance(source := field.source, Given):
            for account, since, said in sorted(in_charge(source.name, day, day, asking.zone)):
                if since <= day:
                    yield field.key, account, read_said(field.type, said)


def as_json(values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as JSON can hold them: days as text, sets as lists."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Value) -> Any:
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    return value.isoformat() if isinstance(value, date) else value


class Languages:
    """The catalogue in each language of the product, read once something has to be said."""

    @cached_property
    def catalogues(self) -> dict[str, Catalogue]:
        found: dict[str, Catalogue] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found[language] = read_catalogue()
        return found


def in_words(values: Mapping[str, Value], languages: Languages) -> Texts:
    """What the account had, in each language of the product, as it is called today."""
    said: dict[str, str] = {}
    for language, catalogue in languages.catalogues.items():
        with translation.override(language):
            said[language] = _("; ").join(
                _("%(field)s: %(value)s") % {"field": entry.name, "value": shown(value, entry, catalogue)}
                for key, value in values.items()
                if (entry := catalogue.entries.get(key)) is not None
            )
    return said
