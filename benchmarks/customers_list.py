"""The customers list of 10,000 accounts, against a bare Django view that renders the same 50 rows from memory.

Both are asked through the whole of Django (middleware, session, login) in this process, one after the other in turns.
The bare view's rows come out byte for byte the same: the insides of the cells are kept as finished texts and go
through a plain template of two loops. It has no frame around it: no navigation, filters or column chooser.
"""

import io
import json
import os
import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from benchmarks.ratio import Ratio

ACCOUNTS = 10_000
DAY = date(2026, 6, 30)
ADDRESSES = (  # what people do with a list
    "/customers/",
    "/customers/?sort=name",
    "/customers/?sort=-breadth&page=100",
    "/customers/?sort=-active_users_28&state=at-risk",
    "/customers/?q=ab&sort=days_since_last",
    "/customers/?sort=score&state=healthy,average&page=7",
)
BARE = """<!doctype html><html><head><title>Customers</title></head><body><table><tbody>{% for row in rows %}<tr \
tabindex="-1" data-drawer="{{ row.drawer }}" data-href="{{ row.href }}">{% for cell in row.cells %}<{{ cell.tag }}\
{{ cell.attributes }}>{{ cell.inner }}</{{ cell.tag }}>{% endfor %}\
</tr>{% endfor %}</tbody></table></body></html>"""
WIDE = 40  # columns of the wide list, which a condition of five leaves filters
CONDITION = {
    "version": 1,
    "all": [
        {"field": "health.score", "comparison": ">=", "value": 5},
        {"field": "metric.active_users_28", "comparison": ">=", "value": 3},
        {
            "any": [
                {"field": "metric.breadth", "comparison": "bottom", "value": {"percent": 60}},
                {"field": "metric.days_since_last", "comparison": "<", "value": 80},
            ]
        },
        {"not": {"field": "metric.made_up_1", "comparison": ">", "value": 85}},
    ],
}
CELL = re.compile(r"<(?P<tag>t[hd])(?P<attributes>[^>]*)>(?P<inner>.*?)</t[hd]>")
ROW = re.compile(r'<tr tabindex="-1" data-drawer="([^"]*)" data-href="([^"]*)">(.*?)</tr>')


def run(quick: bool = False) -> list[Ratio]:
    folder = Path(tempfile.mkdtemp(prefix="tenure-customers-list-"))
    try:
        set_up(folder)
        get, rounds = ask(), 10 if quick else 60
        listed, bare = measure_all(get, [ADDRESSES, ("/bare/",)], rounds)
        wide, bare_wide = measure_all(get, [add_wide_list(get), ("/bare-wide/",)], rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    name = f"customers list of {ACCOUNTS:,} accounts, p95, against a bare view of 50 rows"
    with_columns = f"{name}, with {WIDE} columns and a condition"
    return [
        Ratio(name, p95(listed), p95(bare), "ms", at_most=3),
        Ratio(with_columns, p95(wide), p95(bare_wide), "ms", at_most=3),
    ]


def add_wide_list(get: Callable[[str], bytes]) -> Sequence[str]:
    """Addresses of the list with all columns and the condition, once /bare-wide/ is there."""
    from tenure.health.metrics import metrics_in_use

    columns = ("score", "change", *metrics_in_use())[: WIDE - 3]  # beside name, health and trend
    asked = f"columns=health,trend,{','.join(columns)}&condition={quote(json.dumps(CONDITION))}"
    addresses = [f"/customers/?{asked}&{more}" for more in ("sort=name", "sort=-made_up_2&page=20", "sort=breadth")]
    listed = get(addresses[0]).decode()
    cells = len(CELL.findall(ROW.findall(listed)[0][2]))
    assert cells >= WIDE, f"the wide list has {cells} cells a row"
    add_bare_view(listed, "bare-wide/")
    return addresses


def measure_all(get: Callable[[str], bytes], groups: Sequence[Sequence[str]], rounds: int) -> list[list[float]]:
    """Milliseconds of each request of each group of addresses, all asked in turns."""
    from tenure.lib.garbage import settle

    settle()  # as a server does once it is ready
    times: list[list[float]] = [[] for _ in groups]
    for turn in range(rounds + 3):
        for place in range(max(map(len, groups))):
            for group, found in zip(groups, times, strict=True):
                started = time.perf_counter()
                get(group[place % len(group)])
                if turn >= 3:  # the first ones fill caches
                    found.append((time.perf_counter() - started) * 1000)
    return times


def p95(times: list[float], stretches: int = 5) -> float:
    """The median of the p95 of each stretch of the run: a neighbour's burst on a shared machine spoils one of them."""
    length = len(times) // stretches
    parts = (times[place * length : (place + 1) * length] for place in range(stretches))
    return statistics.median(statistics.quantiles(part, n=20)[-1] for part in parts)


def set_up(folder: Path) -> None:
    """An installation with 10,000 accounts and the days the list reads."""
    write(set_up_empty(folder))


def set_up_empty(folder: Path):
    """An installation with nobody and nothing in it; returns its warehouse."""
    os.environ.update(TENURE_DATA=str(folder), DJANGO_SETTINGS_MODULE="tenure.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from tenure.warehouse import current
    from tenure.warehouse.duckdb import DuckDBStore

    call_command("migrate", verbosity=0)
    store = DuckDBStore.open(folder / "warehouse.duckdb")
    current.use(store)
    return store


def write(store) -> None:
    import pyarrow as pa

    from tenure.accounts.models import Account
    from tenure.health.builtin import install_metrics
    from tenure.health.metrics import define_metric, metrics_in_use
    from tenure.warehouse.schema import metric_column

    chance = random.Random(11)
    names = [f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}" for number in range(1, ACCOUNTS + 1)]
    first_day = DAY - timedelta(days=500)
    Account.objects.bulk_create(
        (
            Account(pk=pk, external_id=f"acct-{pk:05}", name=name, first_day=first_day)
            for pk, name in enumerate(names, start=1)
        ),
        batch_size=2000,
    )
    store.set_accounts((pk, name, f"acct-{pk:05}", first_day) for pk, name in enumerate(names, start=1))
    install_metrics()
    for number in range(1, WIDE - len(metrics_in_use()) - 1):
        made_up = {"key": f"made_up_{number}", "name": f"Made up {number}", "unit": "count"}
        define_metric({**made_up, "spec": {"kind": "count", "window_days": 7}}, None)
    units = {metric_column(metric.pk): metric.unit for metric in metrics_in_use().values()}
    for ago in range(84, -1, -7):
        scores = [chance.uniform(0, 100) if chance.random() > 0.05 else None for _ in names]
        columns = {
            "account_id": pa.array(range(1, ACCOUNTS + 1), pa.uint32()),
            "health_score": pa.array(scores, pa.float64()),
            "health_state": pa.array([0 if s is None else 1 + (s >= 40) + (s >= 70) for s in scores], pa.int8()),
            "health_version": pa.array([1] * ACCOUNTS, pa.int32()),
        }
        for column, unit in units.items():
            columns[column] = pa.array([_value(chance, unit) for _ in names], pa.float64())
        store.write_day(DAY - timedelta(days=ago), pa.table(columns))


FIRST = ("Abel", "Birch", "Cable", "Delta", "Ember", "Fabric", "Global", "Harbor", "Indigo", "Jasper")
SECOND = ("Foods", "Health", "Labs", "Logistics", "Media", "Partners", "Robotics", "Systems", "Travel", "Works")


def _value(chance: random.Random, unit: str) -> float | None:
    if chance.random() < 0.03:
        return None
    return chance.random() if unit == "share" else float(chance.randint(0, 90))


def ask() -> Callable[[str], bytes]:
    """Answers a path with its body, signed in as the owner, once the bare view is there."""
    from django.contrib.auth import get_user_model

    get = client_of(get_user_model().objects.create_user("owner@example.com", "correct horse battery", role="owner"))
    listed = get(ADDRESSES[0])
    add_bare_view(listed.decode())
    assert body_of(get("/bare/")) == body_of(listed), "the bare view must render the very same rows"
    return get


def client_of(member) -> Callable[[str], bytes]:
    """Answers a path with its body, signed in as the member."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import Client

    client = Client()
    client.force_login(member)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    handler = WSGIHandler()

    def get(path: str) -> bytes:
        where, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        status: list[str] = []
        body = b"".join(handler(environ, lambda line, _headers: status.append(line)))
        assert status == ["200 OK"], (path, status, body[:500])
        return body

    return get


def add_bare_view(page: str, where: str = "bare/") -> None:
    """Adds an address: the rows of this page of the list, each cell's inside as a finished text, in a plain template."""
    from django.contrib.auth.decorators import login_required
    from django.http import HttpRequest, HttpResponse
    from django.template import Context, Template
    from django.urls import clear_url_caches, path
    from django.utils.safestring import mark_safe

    from tenure.web import urls

    rows = [
        {
            "drawer": mark_safe(drawer),
            "href": mark_safe(href),
            "cells": [
                {key: mark_safe(text or "") for key, text in cell.groupdict().items()} for cell in CELL.finditer(cells)
            ],
        }
        for drawer, href, cells in ROW.findall(page)
    ]
    assert len(rows) == 50 and len(rows[0]["cells"]) >= 10, "the list's page is not as this benchmark expects it"
    template = Template(BARE)

    @login_required
    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render(Context({"rows": rows})))

    urls.urlpatterns.append(path(where, bare))
    clear_url_caches()


def body_of(page: bytes) -> bytes:
    return page[page.index(b"<tbody>") : page.index(b"</tbody>")]
