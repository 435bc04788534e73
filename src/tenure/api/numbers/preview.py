"""What a metric would say, before it is defined."""

from datetime import date
from typing import Annotated, Any

from django.conf import settings
from ninja import Router, Schema
from pydantic import Field

from tenure.accounts.access import accounts_for, visible_account_ids
from tenure.api.asked import Body, Day
from tenure.api.errors import Refusal
from tenure.api.guarding import needs
from tenure.api.request import ApiRequest
from tenure.api.within import asked_day
from tenure.core.document import BadDocument
from tenure.core.spread import Spread, spread_of
from tenure.health.asking import ask_spec
from tenure.health.metrics import read_spec
from tenure.people.models import Access, Area, Member
from tenure.people.permissions import Permission
from tenure.warehouse.current import store

router = Router(tags=["Metrics and health"])


class MetricTried(Body):
    """`spec` as of a metric; `key` is the one of the metric it is to change, if any."""

    spec: dict[str, Any]
    key: Annotated[str, Field(max_length=60)] = ""


class TopShown(Schema):
    """A customer with one of the best values."""

    account_id: int
    name: str
    value: float


class MetricPreview(Schema):
    """How the values lie over the customers in sight on a day: of so many `accounts`, how many have a value and how
    many 0; and the least, the quarters and the most, null when none has a value.
    """

    day: date
    accounts: int
    with_value: int
    zeros: int
    least: float | None
    lower_quarter: float | None
    median: float | None
    upper_quarter: float | None
    most: float | None
    top: list[TopShown]


@router.post("/metric-previews", response=MetricPreview, summary="Try a metric out")
@needs(Area.NUMBERS, Access.READ, Permission.MANAGE_METRICS)
def preview_metric(request: ApiRequest, body: MetricTried, day: Day | None = None) -> MetricPreview:
    """Measures it on a day, the latest with numbers when left out. Nothing is changed."""
    try:
        spec = read_spec(body.spec, of_key=body.key)
    except BadDocument as error:
        raise Refusal(422, error.problem, path=f"body.{error.path}") from None
    on = asked_day(day)
    values = ask_spec(spec, on, store=store(), zone=settings.CONFIG.zone)
    return _show(on, spread_of(values, visible_account_ids(request.member), spec.kind), request.member)


def _show(day: date, spread: Spread, member: Member) -> MetricPreview:
    least, lower, median, upper, most = spread.quarters or (None,) * 5
    found = accounts_for(member).filter(pk__in=dict(spread.top))
    names = {account.pk: str(account) for account in found}
    return MetricPreview(
        day=day,
        accounts=spread.accounts,
        with_value=len(spread.values),
        zeros=spread.zeros,
        least=least,
        lower_quarter=lower,
        median=median,
        upper_quarter=upper,
        most=most,
        top=[TopShown(account_id=pk, name=names[pk], value=value) for pk, value in spread.top if pk in names],
    )
