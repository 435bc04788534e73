"""Every route × who may use it. A route without a row fails the build: add one in the file of its room.

    "customers:page": read(SEES, account)
    "customers:in_charge": write(LEADS_IT, account, lambda world: {"role": "csm", "member": world.csm().pk})

Whoever is not named gets the very 404 of a page that does not exist; nobody signed in is led to the login. A write
leaves exactly one activity; what only asks, `ask(…)`, leaves none. The account is that of `csm` (world.py).
"""

from tests.web.routes import (
    cards,
    contacts,
    customers,
    exports,
    imports,
    people,
    privacy,
    segments,
    settings,
    sync,
    tags,
    tiers,
    views,
    work,
)
from tests.web.routes.route import Route

ROUTES: dict[str, Route] = {
    **customers.ROUTES,
    **contacts.ROUTES,
    **cards.ROUTES,
    **work.ROUTES,
    **segments.ROUTES,
    **tags.ROUTES,
    **tiers.ROUTES,
    **views.ROUTES,
    **settings.ROUTES,
    **imports.ROUTES,
    **sync.ROUTES,
    **exports.ROUTES,
    **people.ROUTES,
    **privacy.ROUTES,
}

#: Open only to whom no row can speak of: before the first member exists, and to whoever has an invitation's link.
BY_KEY = frozenset({"welcome", "join"})

#: Routes of rooms in the making that wait for their row. It may only shrink.
LATER: frozenset[str] = frozenset()

#: Writes that leave no activity yet. It may only shrink, to nothing.
WITHOUT_ACTIVITY: frozenset[str] = frozenset()
