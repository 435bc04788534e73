"""The list's filter by who is in charge, in any role: everybody, me, nobody, or one member."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tenure.accounts.access import team_of, visible_account_ids
from tenure.accounts.assignments.reading import at, book_of, moment_of, without_anybody
from tenure.lib.whole import whole
from tenure.people.models import Member
from tenure.ui.page import PageRequest
from tenure.ui.table import Menu, MenuItem, TableState

PARAMETER = "charge"
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class Charge:
    """`asked` is the address's word, empty for everybody; `within` the accounts left of those the member may see."""

    asked: str
    within: frozenset[int] | None
    moment: datetime | None
    member: Member | None = None


def read_charge(request: PageRequest) -> Charge:
    """What the address asks for, as of its day; a member whose book they may not see is nobody in particular."""
    moment = moment_of(request.day, request.latest_day, settings.CONFIG.zone)
    visible = visible_account_ids(request.member)
    asked = request.GET.get(PARAMETER, "")
    if asked == ME:
        return Charge(ME, _both(visible, book_of(request.member.pk, moment)), moment, request.member)
    if asked == NOBODY:
        return Charge(NOBODY, _both(visible, without_anybody(moment)), moment)
    member = _team(request).filter(pk=whole(asked) or 0).first() if asked else None
    if member is None:
        return Charge("", visible, moment)
    return Charge(asked, _both(visible, book_of(member.pk, moment)), moment, member)


def charge_menu(request: PageRequest, table: TableState, charge: Charge) -> list[Menu]:
    """The filter as a menu; none for a member who sees nothing but their own book."""
    if team_of(request.member) == frozenset({request.member.pk}):
        return []
    chosen = {ME: _("Me"), NOBODY: _("Nobody")}.get(charge.asked) or str(charge.member)
    label = _("In charge: %(who)s") % {"who": chosen} if charge.asked else _("In charge")
    return [Menu(PARAMETER, label, "user", partial(_items, request, table, charge), active=bool(charge.asked))]


def _items(request: PageRequest, table: TableState, charge: Charge) -> list[MenuItem]:
    holders = _team(request).filter(pk__in=at(charge.moment).values("member")).order_by("name", "email")
    words = [("", _("Everybody")), (ME, _("Me"))]
    if team_of(request.member) is None:
        words.append((NOBODY, _("Nobody")))
    words += [(str(member.pk), str(member)) for member in holders if member.pk != request.member.pk]
    return [MenuItem(word, table.url(**{PARAMETER: asked or None}), asked == charge.asked) for asked, word in words]


def _team(request: PageRequest) -> QuerySet[Member]:
    over = team_of(request.member)
    return Member.objects.all() if over is None else Member.objects.filter(pk__any_of=over)


def _both(visible: frozenset[int] | None, chosen: frozenset[int]) -> frozenset[int]:
    return chosen if visible is None else visible & chosen
