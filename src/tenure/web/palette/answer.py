"""What the palette shows for what was typed: rows, pages and verbs in groups; without a text what was visited last."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Model
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from tenure.accounts.access import accounts_for
from tenure.accounts.models import Account, Contact, User
from tenure.core.search.matching import Asked, asked
from tenure.lib.whole import whole
from tenure.people.permissions import Permission
from tenure.segments.models import Segment
from tenure.ui.page import PageRequest, page
from tenure.web.palette.drawing import drawn
from tenure.web.palette.found import accounts_to_choose, found, lines, visible, with_day
from tenure.web.palette.items import Group, Item
from tenure.web.palette.pages import among, offers
from tenure.web.palette.verbs import THEN

LONGEST = 200  # signs that are looked at
RECENT = 8
_PAGES_SHOWN = 6
_REMEMBERED: dict[str, type[Model]] = {str(each._meta.model_name): each for each in (Account, Contact, User, Segment)}


@require_GET
@page(Permission.SEE_ACCOUNTS)
def search(request: PageRequest) -> HttpResponse:
    """`q` is what was typed, `account` the customer whose page it was typed on, `recent` what the browser remembers,
    latest first, and `then` what a customer is to be chosen for."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    wanted, then = asked(typed), request.GET.get("then", "")
    if then in THEN:
        groups = accounts_to_choose(request, wanted, typed, then)
    elif wanted.text:
        groups = _found(request, wanted, typed)
    else:
        groups = _at_first(request, wanted)
    return HttpResponse(drawn([group for group in groups if group.items], typed))


def _found(request: PageRequest, wanted: Asked, typed: str) -> list[Group]:
    """The group in which the text was found best comes first."""
    offered = offers(request.member, _account_here(request))
    pages = [_dated(request, line) for line in among(offered.pages, wanted)[:_PAGES_SHOWN]]
    groups = [
        *found(request, wanted, typed),
        Group(pgettext("search", "Pages"), pages),
        Group(_("Actions"), among([*offered.of_account, *offered.verbs], wanted)),
    ]
    return sorted(groups, key=lambda group: min((line.place for line in group.items), default=0))


def _at_first(request: PageRequest, nothing: Asked) -> list[Group]:
    offered = offers(request.member, _account_here(request))
    return [
        Group(_("On this customer"), [line for line, _ in offered.of_account]),
        Group(_("Recently visited"), list(_recent(request, nothing))),
        Group(_("Actions"), [line for line, _ in offered.verbs]),
        Group(pgettext("search", "Pages"), [_dated(request, line) for line, _ in offered.pages]),
    ]


def _recent(request: PageRequest, nothing: Asked) -> Iterator[Item]:
    """What is still there of what the browser remembers, and only what the member may see."""
    refs = [ref.partition(":")[::2] for ref in request.GET.get("recent", "")[:LONGEST].split(",")]
    known = [
        (_REMEMBERED[kind], key) for kind, text in refs if kind in _REMEMBERED and (key := whole(text)) is not None
    ]
    known = list(dict.fromkeys(known))[:RECENT]
    rows: dict[str, Item] = {}
    for model in dict.fromkeys(model for model, _key in known):
        keys = [key for each, key in known if each is model]
        rows |= {line.ref: line for line in lines(request, model, visible(request, model, keys), nothing)}
    for model, key in known:
        if line := rows.get(f"{model._meta.model_name}:{key}"):
            yield line


def _account_here(request: PageRequest) -> int | None:
    """The customer whose page it is, if the member sees them."""
    key = whole(request.GET.get("account", ""))
    return key if key is not None and accounts_for(request.member).filter(pk=key).exists() else None


def _dated(request: PageRequest, line: Item) -> Item:
    return replace(line, href=with_day(request, line.href))
