"""Every route × everybody: who may, who gets the 404 of what does not exist, and what a write leaves behind."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tenure.activity.models import Activity
from tenure.events.inbox import current as inbox
from tenure.events.inbox.sqlite import SqliteInbox
from tests.web.customers.company import write_classes
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures
from tests.web.routes import table
from tests.web.routes.world import ANONYMOUS, AT_ONCE, CAST, OUTSIDE, World, build

LIBRARY = re.compile(r"(account|mfa|socialaccount|openid_connect)_")  # allauth's own, tested with the login
BY_TOKEN = re.compile(r"api:|api_nothing")  # have a table of their own: tests.api.table


@pytest.fixture
def world(customers, tmp_path) -> Iterator[World]:  # noqa: F811
    opened = SqliteInbox(tmp_path / "inbox.sqlite3")
    inbox.use(opened)
    yield build()
    inbox.use(None)
    opened.close()
    customers.set_excluded_users([])
    write_classes(customers)


def names(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found += names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            found.append(f"{space}{entry.name}")
    return found


def test_every_route_has_a_row_and_every_row_a_route():
    there = {name for name in names() if not (LIBRARY.match(name) or BY_TOKEN.match(name))} - table.BY_KEY
    assert not (missing := there - table.ROUTES.keys() - table.LATER), sorted(missing)
    assert (table.ROUTES.keys() | table.LATER) - there == set()


def browser(world: World, name: str) -> Client:
    client = Client()
    if name != ANONYMOUS:
        client.force_login(world.people[name])
    return client


def asked(client: Client, world: World, name: str):
    """The answer to the route's request; nothing it writes stays."""
    route = table.ROUTES[name]
    with transaction.atomic():
        url = reverse(name, args=route.args(world))
        response = client.get(url) if route.data is None else client.post(url, route.data(world))
        transaction.set_rollback(True)
    return response


def plain(response) -> str:
    """A page without what differs from request to request."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-csrf="\w+"', "", text)
    text = re.sub(r'<div class="toasts".*', "", text, flags=re.S)  # what an earlier request had to say
    return re.sub(r'name="next" value="[^"]*"', "", text)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in AT_ONCE else pytest.mark.slow, id=name) for name in (ANONYMOUS, *CAST)],
)
def test_it_opens_to_those_it_is_for_and_to_nobody_else(world, name):
    client = browser(world, name)
    nothing = plain(client.get("/there/is/nothing/here/"))
    wrong = {}
    for route_name, route in table.ROUTES.items():
        response = asked(client, world, route_name)
        to_login = response.status_code == 302 and response.url.startswith("/login/")
        if route.who is None:
            fine = response.status_code < 400
        elif name in OUTSIDE:
            fine = to_login
        elif name in route.who:
            fine = response.status_code in (200, 302, 303, 422) and not to_login  # 422: a form sent back
        else:
            fine = response.status_code == 404 and plain(response) == nothing
        if not fine:
            wrong[route_name] = response.status_code
    assert not wrong, wrong


def test_every_write_leaves_one_activity(world):
    clients = {name: browser(world, name) for name in ("admin", "owner")}
    left = {}
    for name, route in table.ROUTES.items():
        if route.data is None:
            continue
        with transaction.atomic():
            url, data = reverse(name, args=route.args(world)), route.data(world)
            before = Activity.objects.count()
            clients["admin" if route.who is None or "admin" in route.who else "owner"].post(url, data)
            left[name] = Activity.objects.count() - before
            transaction.set_rollback(True)
    asks = {name for name in left if not table.ROUTES[name].one_activity}
    assert {name: left[name] for name in asks if left[name]} == {}
    assert {name: left[name] for name in left.keys() - asks if left[name] != 1} == dict.fromkeys(
        table.WITHOUT_ACTIVITY, 0
    )
