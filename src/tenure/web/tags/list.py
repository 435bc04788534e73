"""The tags there are: what each looks like, who puts it on, and on how many customers it is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tenure.core.conditions.document import from_document
from tenure.core.document import BadDocument
from tenure.people.permissions import Permission, allows
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.holding import count_by_value
from tenure.segments.sentence import sentence
from tenure.segments.tags.tag import FIELD, Tag, tags_field, tags_of
from tenure.ui.page import PageRequest, page
from tenure.web.segments.problems import problem_words
from tenure.web.tags.shown import list_of


@dataclass(frozen=True)
class Listed:
    """`rule` says whom its rule means, or why it cannot be followed; empty for a tag put on by hand."""

    tag: Tag
    count: int
    href: str
    rule: str = ""
    wrong: bool = False


@require_GET
@page(Permission.SEE_ACCOUNTS)
def index(request: PageRequest) -> HttpResponse:
    """In their order; archived ones below."""
    field = tags_field()
    catalogue, counts = read_catalogue(), count_by_value(FIELD, request.member)
    rows = [_listed(tag, counts[tag.value], catalogue) for tag in tags_of(field).values()]
    shown = {
        "field": field,
        "rows": [row for row in rows if not row.tag.archived],
        "archived": [row for row in rows if row.tag.archived],
        "may_change": allows(request.member, Permission.SHARE_SEGMENTS),
        "may_define": allows(request.member, Permission.MANAGE_FIELDS),
    }
    return render(request, "web/tags/list.html", shown)


def _listed(tag: Tag, count: int, catalogue: Catalogue) -> Listed:
    href = list_of(tag)
    if tag.rule is None:
        return Listed(tag, count, href)
    try:
        node = from_document(tag.rule.condition, catalogue.fields)
    except BadDocument as error:
        problem = _("The rule cannot be followed. %(problem)s") % {"problem": problem_words(error)}
        return Listed(tag, count, href, problem, wrong=True)
    return Listed(tag, count, href, sentence(node, catalogue))
