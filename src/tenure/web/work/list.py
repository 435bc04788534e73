"""Every follow-up in one's scope."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tenure.accounts.access import accounts_for
from tenure.lib.ordering import by
from tenure.people.models import Member
from tenure.people.permissions import Permission
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Badge, Chip, Column, Empty, Link, Row, Table, TableState
from tenure.web.work.filters import Filter
from tenure.work.access import follow_ups_for
from tenure.work.models import FollowUp, FollowUpType, Sentiment

COLUMNS = (
    Column("customer", _("Customer")),
    Column("at", _("When"), "moment"),
    Column("type", _("Type")),
    Column("notes", _("What happened"), "words", sort=False),
    Column("outcome", _("Outcome"), "words", sort=False),
    Column("sentiment", _("Sentiment")),
    Column("by", _("Written down by")),
    Column("minutes", _("Minutes"), "number", shown=False),
    Column("people", _("Took part"), sort=False, shown=False),
)
ORDER = {
    "customer": "account__name",
    "at": "at",
    "type": "type__position",
    "sentiment": "sentiment",
    "by": "created_by__name",
    "minutes": "duration_minutes",
}
TONES = {Sentiment.GOOD: "healthy", Sentiment.NEUTRAL: "unknown", Sentiment.BAD: "at-risk"}
EXCERPT = 90  # characters of the notes in a row; a file has them whole


@require_GET
@page(Permission.SEE_ACCOUNTS)
def follow_ups(request: PageRequest) -> HttpResponseBase:
    state, asked, rows = _asked(request)
    total = rows.count()
    table = Table(
        state,
        list(_rows(rows[state.offset : state.offset + state.limit])),
        total,
        empty=_empty(asked, state),
        export=export_url(request, FOLLOW_UPS, state),
        search_hint=_("Search notes and customers"),
        caption=_("Follow-ups"),
        chips=_chips(request, state, asked),
    )
    return table.respond(request, "web/work/follow_ups.html", _choices(request, asked))


def every_follow_up(request: PageRequest) -> Listed:
    """All that the address asks for, with their whole texts."""
    state, _asked_for, rows = _asked(request)
    return Listed(state, rows.count(), _rows(rows.iterator(chunk_size=500), whole=True))


FOLLOW_UPS = register(
    Listing("follow-ups", _("Follow-ups"), Permission.SEE_ACCOUNTS, "work:follow_ups", every_follow_up)
)


def _asked(request: PageRequest) -> tuple[TableState, Filter, QuerySet[FollowUp]]:
    state = TableState.read(request, "follow-ups", COLUMNS, sort="at", descending=True)
    asked = Filter.read(request.GET, state.search)
    found = asked.of(follow_ups_for(request.member), request.work_day, settings.CONFIG.zone)
    return state, asked, _ordered(found, state)


def _ordered(found: QuerySet[FollowUp], state: TableState) -> QuerySet[FollowUp]:
    own = found.select_related("account", "type", "created_by").prefetch_related("participants")
    return own.order_by(by(FollowUp, ORDER[state.sort], descending=state.descending), "-at", "-pk")


def _rows(found: Iterable[FollowUp], *, whole: bool = False) -> Iterator[Row]:
    for each in found:
        drawer = reverse("work:follow_up", args=[each.pk])
        yield Row(_cells(each, whole), drawer=drawer)


def _cells(each: FollowUp, whole: bool) -> Mapping[str, Any]:
    def words(text: str) -> str:
        return text if whole else Truncator(" ".join(text.split())).chars(EXCERPT)

    return {
        "customer": Link(str(each.account), reverse("customers:page", args=[each.account_id])),
        "at": each.at,
        "type": str(each.type),
        "notes": words(each.notes),
        "outcome": words(each.outcome),
        "sentiment": None
        if each.sentiment is None
        else Badge(Sentiment(each.sentiment).label, TONES[Sentiment(each.sentiment)]),
        "by": str(each.created_by) if each.created_by else None,
        "minutes": each.duration_minutes,
        "people": ", ".join(person.name for person in each.participants.all()),
    }


def _chips(request: PageRequest, state: TableState, asked: Filter) -> list[Chip]:
    """The types with how many follow-ups each has, whatever type is chosen."""
    others = Filter(**{**vars(asked), "type_id": None})
    of_others = others.of(follow_ups_for(request.member), request.work_day, settings.CONFIG.zone)
    counts = dict(of_others.order_by().values_list("type").annotate(count=Count("pk")))
    types = FollowUpType.objects.filter(pk__in=counts).order_by("position", "pk")
    return [
        Chip(
            str(each),
            counts[each.pk],
            state.url(type=None if asked.type_id == each.pk else each.pk),
            asked.type_id == each.pk,
        )
        for each in types
    ]


def _choices(request: PageRequest, asked: Filter) -> dict[str, Any]:
    """What the filters above the table offer."""
    account = accounts_for(request.member).filter(pk=asked.account_id).first() if asked.account_id else None
    return {
        "asked": asked,
        "members": Member.objects.order_by("-is_active", "name", "email"),
        "sentiments": [(each.value, each.label) for each in reversed(Sentiment)],
        "account": account,
        "kept": [(key, value) for key, value in request.GET.items() if key in ("day", "q", "type", "sort", "account")],
    }


def _empty(asked: Filter, state: TableState) -> Empty:
    if asked.narrows:
        text = _("Take a filter away.")
        clear = state.url(**dict.fromkeys(("q", "type", "member", "account", "sentiment", "from", "to")))
        return Empty(_("No follow-up matches"), text, _("Clear filters"), clear, icon="filter")
    text = _("Press L anywhere, or the button above, after a call, a visit or a message. It takes half a minute.")
    return Empty(_("No follow-ups yet"), text, icon="message-circle")
