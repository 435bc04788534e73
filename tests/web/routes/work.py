"""Routes of follow-ups, contacts and profile cards."""

from tests.web.routes.route import Route, account, read
from tests.web.routes.world import MEMBERS, OPERATORS, SEES, WORKS, WORKS_ON_IT

ROUTES: dict[str, Route] = {
    "work:follow_ups": read(MEMBERS),
    "work:promises": read(MEMBERS),
    "work:log": read(WORKS),
    "work:accounts": read(MEMBERS),
    "work:people": read(MEMBERS),
    "work:members": read(MEMBERS),
    "work:account_promises": read(SEES, account),
    "work:types": read(OPERATORS),
    "contacts:list": read(MEMBERS),
    "contacts:create": read(WORKS_ON_IT, account),
    "customers:contacts": read(SEES, account),
}
