"""The list's filter by group: the customers of one group, and the column that names each customer's."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenure.accounts.access import accounts_for
from tenure.accounts.hierarchy import groups, tree_below
from tenure.accounts.models import Account
from tenure.lib.whole import whole
from tenure.ui.page import PageRequest
from tenure.ui.table import Menu, MenuItem, TableState

PARAMETER = "group"


@dataclass(frozen=True)
class Group:
    """The group asked for; `inside` are its accounts, None for every account."""

    account: Account | None = None
    inside: frozenset[int] | None = None

    def within(self, visible: frozenset[int] | None) -> frozenset[int] | None:
        """Those of the accounts in sight that belong to it."""
        if self.inside is None:
            return visible
        return self.inside if visible is None else self.inside & visible


def read_group(request: PageRequest) -> Group:
    """What the address asks for; a group out of sight is none."""
    asked = whole(request.GET.get(PARAMETER, ""))
    account = accounts_for(request.member).filter(pk=asked).first() if asked else None
    return Group(account, frozenset(tree_below(account.pk))) if account else Group()


def group_menu(request: PageRequest, table: TableState, group: Group) -> list[Menu]:
    """The filter as a menu; none while there are no groups in sight."""
    every = list(groups())
    keys = [each.pk for each in every]
    seen = set(accounts_for(request.member).filter(pk__any_of=keys).values_list("pk", flat=True)) if keys else ()
    found = [each for each in every if each.pk in seen]
    if not found:
        return []

    def items() -> list[MenuItem]:
        every = MenuItem(_("Every customer"), table.url(group=None), group.account is None)
        return [every, *(MenuItem(str(each), table.url(group=each.pk), each == group.account) for each in found)]

    label = _("Group: %(name)s") % {"name": group.account} if group.account else _("Group")
    return [Menu(PARAMETER, label, "sitemap", items, active=group.account is not None)]
