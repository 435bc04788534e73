"""What a condition in the editor means as it stands: sentence, count, a few customers, and how the count moved."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.accounts.access import accounts_for
from tenure.core.conditions.tree import EVERYONE, Node
from tenure.core.document import BadDocument
from tenure.people.permissions import Permission
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.reading import read_text
from tenure.segments.sentence import sentence
from tenure.ui.page import PageRequest, page
from tenure.warehouse.store import TooMuchData, WarehouseBusy
from tenure.web.segments.asked import year_of
from tenure.web.segments.problems import problem_words

SAMPLE = 6
Found = Callable[[PageRequest, Node, Catalogue], dict[str, object]]


@require_POST
@page(Permission.SEE_ACCOUNTS)
def outcome(request: PageRequest) -> HttpResponse:
    """The sentence, the count on the as-of day and a sample; or what is wrong, and where."""
    return _answer(request, "web/segments/outcome.html", _outcome)


@require_POST
@page(Permission.SEE_ACCOUNTS)
def trend(request: PageRequest) -> HttpResponse:
    """How the count moved over the year up to the as-of day."""
    return _answer(request, "web/segments/trend.html", _trend)


def _answer(request: PageRequest, template: str, found: Found) -> HttpResponse:
    catalogue = read_catalogue()
    shown: dict[str, object] = {}
    try:
        shown = found(request, read_text(request.POST.get("condition", ""), catalogue.fields), catalogue)
    except BadDocument as error:
        shown = {"problem": problem_words(error), "path": error.path}
    except (WarehouseBusy, TooMuchData):
        shown = {"busy": _("This takes too long to count. Ask less at once, or look back on fewer days.")}
    return render(request, template, shown)


def _outcome(request: PageRequest, node: Node, catalogue: Catalogue) -> dict[str, object]:
    asking = asking_of(request.member, catalogue)
    ids = asking.on(node, request.day)
    seen = accounts_for(request.member)
    named = list(seen.filter(pk__any_of=ids).order_by("name", "pk")[:SAMPLE]) if ids else []
    return {
        "sentence": sentence(node, catalogue),
        "count": len(ids),
        "total": asking.counts(EVERYONE, request.day, request.day).get(request.day, 0),
        "sample": named,
        "others": len(ids) - len(named),
    }


def _trend(request: PageRequest, node: Node, catalogue: Catalogue) -> dict[str, object]:
    return {"year": year_of(node, asking_of(request.member, catalogue), request.day)}
