"""Tags every template may use: `{% load ui %}`."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tenure.people.permissions import Permission, allows
from tenure.ui import cells, numbers
from tenure.ui import spark as sparkline
from tenure.ui.assets import asset_url
from tenure.ui.chart import Chart, Heat, as_table
from tenure.ui.embedded import embedded
from tenure.ui.routes import address
from tenure.ui.table import Table

register = template.Library()

register.filter("number", numbers.number)
register.filter("share", numbers.share)
register.filter("change", numbers.change)
register.filter("points", numbers.points)
register.filter("share_points", numbers.share_points)
register.filter("compact", numbers.compact)
register.filter("day", numbers.day)
register.filter("moment", numbers.moment)
register.filter("duration", numbers.duration)
register.filter("size", numbers.size)
register.filter("days_long", numbers.days)


@register.filter
def measure(value: float | None, unit: str) -> str:
    """`{{ value|measure:metric.unit }}`"""
    return numbers.measure(value, unit)


@register.filter
def relative(value: date | None, today: date) -> str:
    """`{{ last_seen|relative:request.day }}`"""
    return numbers.relative(value.date() if isinstance(value, datetime) else value, today)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a file of the bundle: `{% asset "app.js" %}`."""
    return asset_url(name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A Tabler icon out of the sprite. Its name must be in frontend/icons.txt; `label` is for screen readers."""
    return _icon(asset_url("icons.svg"), name, str(label))


@lru_cache(maxsize=1000)
def _icon(sprite: str, name: str, label: str) -> SafeString:
    """Drawn once: some dozens stand on every page."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def state(code: int | None) -> SafeString:
    """A health state's badge."""
    return cells.state_badge(code)


@register.simple_tag
def spark(values: Sequence[float | None], low: float | None = None) -> SafeString:
    """A sparkline, oldest value first."""
    return sparkline.spark(values, low=low)


@register.simple_tag(takes_context=True)
def link(context: Context, name: str, *args: Any, **kwargs: Any) -> str:
    """An address that keeps the as-of day when the URL names one: `{% link "customers:page" account.pk %}`."""
    request: HttpRequest | None = context.get("request")
    url = address(name, *args, **kwargs)
    day = request.GET.get("day") if request else None
    return f"{url}?day={getattr(request, 'day', '')}" if day and getattr(request, "day", None) else url


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """This page's address with some parameters changed; None takes one away: `{% with_query state=1 page=None %}`."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> SafeString:
    """A block of the page once more: the heading says what the window's title says, unless a page has its own."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    rendered: SafeString = mark_safe(block.render(context))  # noqa: S308 — the block escaped it already
    return rendered


@register.inclusion_tag("ui/table.html", takes_context=True)
def table(context: Context, table: Table) -> dict[str, Any]:
    """The table with its search, count, column chooser, exports and pages."""
    return {"table": table, "request": context.get("request")}


@register.inclusion_tag("ui/table_part.html", takes_context=True, name="table_part")
def table_part(context: Context, table: Table) -> dict[str, Any]:
    """What sorting, searching and paging swap."""
    return {"table": table, "request": context.get("request")}


@register.simple_tag
def table_heads(table: Table) -> SafeString:
    return cells.heads(table.heads, table.part_id)


@register.simple_tag
def table_body(table: Table) -> SafeString:
    pick = cells.picks(table.bulk_id, table.bulk.field, table.state.chosen[0].key) if table.bulk else None
    return cells.body(table.state, table.rows, pick)


@register.inclusion_tag("ui/chart.html", takes_context=True)
def chart(context: Context, chart: Chart | Heat) -> dict[str, Any]:
    """The chart, its numbers as a table behind a switch, and its files for those who may export."""
    request = context.get("request")
    member = getattr(request, "member", None)
    return {
        "chart": chart,
        "id": f"chart-{uuid4().hex[:8]}",
        "table": as_table(chart),
        "day": getattr(request, "day", None),
        "may_export": member is not None and allows(member, Permission.EXPORT),
    }


@register.simple_tag
def chart_spec(chart: Chart | Heat) -> SafeString:
    return embedded(chart.spec())
