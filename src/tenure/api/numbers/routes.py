"""The numbers of customers: one by days, all of a day, and what health is made of."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from tenure.accounts.access import visible_account_ids
from tenure.api.asked import Day, Id, Word
from tenure.api.errors import Refusal, not_found
from tenure.api.guarding import needs
from tenure.api.numbers.shown import (
    HealthShown,
    Numbers,
    columns_of,
    show_health,
    show_numbers,
)
from tenure.api.paging import Page, page_of_keys
from tenure.api.request import ApiRequest
from tenure.api.within import Within, account_of, asked_day, meant
from tenure.health.explain import explain
from tenure.health.metrics import metrics_in_use
from tenure.health.models import Metric
from tenure.people.models import Area
from tenure.warehouse.current import store

router = Router(tags=["Metrics and health"])
MOST_DAYS: Final = 1_100  # three years
LATEST_DAYS: Final = 28

Keys = Annotated[list[Word] | None, Field(max_length=100, description="Only these metrics, by key; all when left out.")]


class Span(Schema):
    """Both days included."""

    first: Annotated[Day | None, Field(description="28 days up to the last when left out.")] = None
    last: Annotated[Day | None, Field(description="The latest day with numbers when left out.")] = None
    metric: Keys = None


class OfDay(Within):
    metric: Keys = None


@router.get("/accounts/{id}/numbers", response=list[Numbers], summary="Read a customer's numbers by day")
@needs(Area.NUMBERS)
def list_account_numbers(request: ApiRequest, id: Id, asked: Query[Span]) -> list[Numbers]:
    """Health and metrics of each day that has numbers, oldest first."""
    account, metrics = account_of(request, id), _chosen(asked.metric)
    last = asked_day(asked.last)
    first = asked.first or last - timedelta(days=LATEST_DAYS - 1)
    if (last - first).days >= MOST_DAYS:
        raise Refusal(422, _("At most %(most)s days at once.") % {"most": MOST_DAYS}, path="query.first")
    rows = store().account_series([account.pk], columns_of(metrics), first, last)
    return [show_numbers(account.pk, day, values, metrics) for _account, day, *values in rows]


@router.get("/accounts/{id}/health", response=HealthShown, summary="Explain a customer's health")
@needs(Area.NUMBERS)
def get_account_health(request: ApiRequest, id: Id, day: Day | None = None) -> HealthShown:
    """What each metric gives to the score of a day; 404 where the day has no numbers of the customer."""
    account, on = account_of(request, id), asked_day(day)
    told = explain(on, store(), [account.pk]).get(account.pk)
    if told is None:
        raise not_found()
    return show_health(account.pk, told)


@router.get("/numbers", response=Page[Numbers], summary="Read every customer's numbers of a day")
@needs(Area.NUMBERS)
def list_numbers(request: ApiRequest, asked: Query[OfDay]) -> dict[str, Any]:
    """Health and metrics of the customers in sight on a day, by customer; of a segment or a condition where named."""
    metrics, day = _chosen(asked.metric), asked_day(asked.day)
    inside = meant(request, asked)
    visible = visible_account_ids(request.member) if inside is None else inside
    rows = _day_of(day, metrics, visible)
    keys, more = page_of_keys(list(rows), asked)
    return {"items": [show_numbers(key, day, rows[key], metrics) for key in keys], "next": more}


def _day_of(day: date, metrics: Mapping[str, Metric], visible: frozenset[int] | None) -> dict[int, list[float | None]]:
    """{account: its columns} of a day, by account."""
    rows = store().day_values(day, columns_of(metrics))
    return {account: list(values) for account, *values in rows if visible is None or account in visible}


def _chosen(keys: list[str] | None) -> Mapping[str, Metric]:
    metrics = metrics_in_use()
    if keys is None:
        return metrics
    for key in keys:
        if key not in metrics:
            raise Refusal(422, _("There is no metric %(key)s.") % {"key": key}, path="query.metric")
    return {key: metrics[key] for key in dict.fromkeys(keys)}
