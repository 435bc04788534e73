"""The team: who looks after how many customers, and how those are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenure.accounts.access import accounts_for, team_of
from tenure.accounts.assignments.reading import books, moment_of, mrr_of
from tenure.people.models import Member, Role
from tenure.people.permissions import Permission, allows
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.states import LOOKS
from tenure.ui.table import Badge, Column, Empty, Link, Row, Table, TableState
from tenure.warehouse.current import store
from tenure.warehouse.schema import HealthState

COLUMNS = [
    Column("name", _("Member")),
    Column("role", _("Role")),
    Column("department", _("Department")),
    Column("accounts", _("Customers"), "number", help=_("Customers the member is in charge of, in any role.")),
    Column("spread", _("Health of the book"), "spread", sort=False, export=False, help=_("Customers by state.")),
    *(Column(look.tone, look.word, "number", shown=look.tone == "at-risk") for look in LOOKS.values()),
    Column("score", _("Average score"), "number", digits=0, help=_("Of the customers that have a score that day.")),
    Column("mrr", _("MRR"), "number", digits=0, shown=False, help=_("As the attribute mrr of the customers says.")),
    Column("hand_over", _("Hand over"), sort=False, export=False),
]
#: Shown though they look after nobody yet: who may get a book.
HOLDERS = (Role.LEADER, Role.CSM, Role.CONTRIBUTOR)


@dataclass(frozen=True)
class Book:
    """A member's customers on a day: `states` counts them in the order of LOOKS; `score` None: none has one."""

    member: Member
    accounts: int
    states: tuple[int, ...]
    score: float | None
    mrr: float


@page(Permission.SEE_ACCOUNTS)
def team(request: PageRequest) -> HttpResponseBase:
    """Everybody whose book the person sees, the largest first; members who left while they still have one on top."""
    state, found = _asked(request)
    may_assign = allows(request.member, Permission.ASSIGN)
    table = Table(
        state,
        [_row(book, request, may_assign) for book in found[state.offset : state.offset + state.limit]],
        len(found),
        _empty(request.member),
        export=export_url(request, TEAM, state),
        search_hint=_("Search members"),
        caption=_("Team"),
    )
    left = [book for book in found if not book.member.is_active] if may_assign else []
    return table.respond(request, "web/team/list.html", {"left": left})


def _empty(member: Member) -> Empty:
    nobody, text = _("Nobody yet"), _("Members appear here once they are invited.")
    if not allows(member, Permission.MANAGE_MEMBERS):
        return Empty(nobody, text, icon="users")
    return Empty(nobody, text, _("Invite somebody"), reverse("people:invite"), "users")


def whole_team(request: PageRequest) -> Listed:
    """All that the address asks for."""
    state, found = _asked(request)
    return Listed(state, len(found), [_row(book, request, may_assign=False) for book in found])


TEAM = register(Listing("team", _("Team"), Permission.SEE_ACCOUNTS, "team:list", whole_team))


def _asked(request: PageRequest) -> tuple[TableState, list[Book]]:
    state = TableState.read(request, "team", COLUMNS, sort="accounts", descending=True)
    with_mrr = any(column.key == "mrr" for column in state.chosen)
    found = [book for book in _books(request, with_mrr) if state.search.casefold() in _searched(book.member)]
    found.sort(key=lambda book: str(book.member).casefold())
    found.sort(key=lambda book: _rank(book, state.sort), reverse=state.descending)
    return state, found


def _books(request: PageRequest, with_mrr: bool) -> list[Book]:
    """The MRR only where it is shown: it is in the attributes of every account."""
    over = team_of(request.member)
    held = books(moment_of(request.day, request.latest_day, settings.CONFIG.zone), over)
    members = Member.objects.select_related("department")
    if over is not None:
        members = members.filter(pk__any_of=over)
    numbers = {row[0]: row[1:] for row in store().day_values(request.day, ("health_state", "health_score"))}
    mrr = {}
    if with_mrr:
        mrr = {pk: mrr_of(traits) for pk, traits in accounts_for(request.member).values_list("pk", "traits")}
    return [
        _book(member, held.get(member.pk, ()), numbers, mrr)
        for member in members
        if member.pk in held or (member.is_active and member.role in HOLDERS)
    ]


def _book(
    member: Member, accounts: Collection[int], numbers: Mapping[int, Sequence[Any]], mrr: Mapping[int, float]
) -> Book:
    states = dict.fromkeys(LOOKS, 0)
    scores = []
    for account in accounts:
        state, score = numbers.get(account, (None, None))
        states[HealthState(int(state or 0))] += 1
        if score is not None:
            scores.append(float(score))
    return Book(
        member,
        accounts=len(accounts),
        states=tuple(states.values()),
        score=sum(scores) / len(scores) if scores else None,
        mrr=sum(mrr.get(account, 0.0) for account in accounts),
    )


def _row(book: Book, request: PageRequest, may_assign: bool) -> Row:
    return Row(_cells(book, request, may_assign), href=_book_url(book, request))


def _cells(book: Book, request: PageRequest, may_assign: bool) -> Mapping[str, Any]:
    member = book.member
    to_hand_over = reverse("team:hand_over", args=[member.pk])
    return {
        "name": Link(str(member), _book_url(book, request), sub=member.email if member.name else ""),
        "role": member.get_role_display() if member.is_active else Badge(_("Left"), "at-risk"),
        "department": str(member.department or ""),
        "accounts": book.accounts,
        "spread": book.states,
        **{look.tone: count for look, count in zip(LOOKS.values(), book.states, strict=True)},
        "score": book.score,
        "mrr": book.mrr or None,
        "hand_over": Link(_("Hand over"), to_hand_over) if book.accounts and may_assign else None,
    }


def _book_url(book: Book, request: PageRequest) -> str:
    """The customers list, narrowed to the book, as of the day in sight."""
    day = f"&day={request.day.isoformat()}" if request.GET.get("day") else ""
    return f"{reverse('customers:list')}?charge={book.member.pk}{day}"


def _searched(member: Member) -> str:
    return f"{member.name} {member.email} {member.department or ''}".casefold()


def _rank(book: Book, key: str) -> tuple[bool, Any]:
    """What a column sorts by; a book without a value comes after those with one, the largest first."""
    tones = {look.tone: count for look, count in zip(LOOKS.values(), book.states, strict=True)}
    values: dict[str, Any] = {
        "name": str(book.member).casefold(),
        "role": str(book.member.get_role_display()),
        "department": str(book.member.department or "").casefold(),
        "accounts": book.accounts,
        "score": book.score,
        "mrr": book.mrr,
        **tones,
    }
    value = values[key]
    return value is not None, 0 if value is None else value
