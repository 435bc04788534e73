"""The list's filter by what customers are like: a saved segment, a condition in the address itself, or both."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tenure.core.document import BadDocument
from tenure.lib.whole import whole
from tenure.segments.access import segments_for, segments_in_use
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.models import Segment
from tenure.segments.reading import read_text
from tenure.segments.sentence import sentence
from tenure.ui.page import PageRequest
from tenure.ui.table import Menu, MenuItem, Note, TableState
from tenure.web.segments.editor import compact
from tenure.web.segments.problems import problem_words
from tenure.web.tags.menu import condition_of
from tenure.web.tags.shown import PARAMETER as TAG

SEGMENT, CONDITION = "segment", "condition"
LONGEST = 4_000  # characters of an address, which proxies and browsers all carry


@dataclass(frozen=True)
class Meant:
    """`inside`: the accounts left, None for every account. `text` is the address's condition, `said` its sentence.

    `tag` is the value of the tag that was chosen. `fixed`: the segment is that of the page, not one that was chosen.
    `problem`: why the address cannot be understood; then no account is left, rather than all of them.
    """

    segment: Segment | None = None
    text: str = ""
    tag: str = ""
    said: str = ""
    problem: str = ""
    inside: frozenset[int] | None = None
    fixed: bool = False

    @property
    def asked(self) -> bool:
        return self.inside is not None

    @property
    def page(self) -> dict[str, int]:
        """The parameter that names the page's own segment, for what is asked for elsewhere."""
        return {SEGMENT: self.segment.pk} if self.fixed and self.segment else {}

    def within(self, visible: frozenset[int] | None) -> frozenset[int] | None:
        """Those of the accounts in sight that are meant."""
        if self.inside is None:
            return visible
        return self.inside if visible is None else self.inside & visible


def read_condition(request: PageRequest, segment: Segment | None = None) -> Meant:
    """What the address asks for on its day; `segment` is that of a page of its own, whatever the address says."""
    wanted, text, tag = (request.GET.get(name, "") for name in (SEGMENT, CONDITION, TAG))
    fixed = segment is not None
    if segment is None and not wanted and not text and not tag:
        return Meant()
    if segment is None and wanted:
        segment = segments_for(request.member).filter(pk=whole(wanted) or 0).first()
        if segment is None:
            gone = _("There is no such segment, or it is not shared with you.")
            return Meant(text=text, problem=gone, inside=frozenset())
    if too_long(text):
        long = _("The condition in the address is too long. Save it as a segment and choose that.")
        return Meant(segment, problem=long, inside=frozenset(), fixed=fixed)
    return replace(_ask(request, segment, text, tag, read_catalogue()), fixed=fixed)


def too_long(text: str) -> bool:
    return len(urlencode({CONDITION: text})) > LONGEST


def condition_menus(request: PageRequest, table: TableState, meant: Meant) -> list[Menu]:
    """The saved segments as a menu, and the button that opens the editor."""

    def items() -> list[MenuItem]:
        saved = segments_in_use(request.member)
        every = MenuItem(_("Every customer"), table.url(segment=None), meant.segment is None)
        return [every, *(MenuItem(each.name, table.url(segment=each.pk), each == meant.segment) for each in saved)]

    label = _("Segment: %(name)s") % {"name": meant.segment} if meant.segment else _("Segment")
    menus = [] if meant.fixed else [Menu(SEGMENT, label, "circles", items, active=meant.segment is not None)]
    asked = {CONDITION: meant.text, "back": table.url(), "day": table.query.get("day", "")}
    drawer = f"{reverse('segments:filter')}?{urlencode({key: value for key, value in asked.items() if value})}"
    return [*menus, Menu(CONDITION, _("Filter"), "filter", active=bool(meant.text), drawer=drawer)]


def condition_note(table: TableState, meant: Meant) -> Note | None:
    """The condition in words above the rows, and the way back."""
    if meant.problem:
        return Note(meant.problem, table.url(segment=None, tag=None, condition=None), wrong=True)
    return Note(meant.said, table.url(condition=None)) if meant.text else None


def _ask(request: PageRequest, segment: Segment | None, text: str, tag: str, catalogue: Catalogue) -> Meant:
    asking = asking_of(request.member, catalogue)
    inside: frozenset[int] | None = None
    said = ""
    try:
        for each in filter(
            None, (compact(segment.condition) if segment else "", condition_of(tag) if tag else "", text)
        ):
            node = read_text(each, catalogue.fields)
            found = asking.on(node, request.day)
            inside = found if inside is None else inside & found
            said = sentence(node, catalogue)
    except BadDocument as error:
        problem = _("The filter cannot be used. %(problem)s") % {"problem": problem_words(error)}
        return Meant(segment, text, tag, problem=problem, inside=frozenset())
    return Meant(segment, text, tag, said, inside=inside)
