"""Groups of accounts: a group with its companies, a company with its business lines."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tenure.accounts.merging.members import members_of, survivors
from tenure.accounts.models import Account
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.lib.errors import TenureError
from tenure.people.models import Member

PLACED = verb("account.placed", _("{by} put {subject} under {after}"))
TAKEN_OUT = verb("account.taken_out", _("{by} took {subject} out of {before}"))
#: Accounts from the top of a tree to its bottom.
MOST_LEVELS: Final = 5


class BadParent(TenureError):
    """The account cannot stand there."""


def set_parent(account: Account, parent: Account | None, actor: Member | None) -> bool:
    """Puts an account under another one, or under none; says whether that changed anything. Raises BadParent."""
    with transaction.atomic():
        chain = [account.pk, *([parent.pk, *(each.pk for each in ancestors(parent))] if parent else [])]
        rows = Account.objects.select_for_update().order_by("pk").in_bulk(chain)
        account, parent = rows[account.pk], rows[parent.pk] if parent else None
        before = account.parent
        if before == parent:
            return False
        if parent is not None:
            _check(account, parent)
        account.parent = parent
        account.save(update_fields=["parent"])
        concerned = [each.pk for each in (account, before, parent) if each is not None]
        detail = {"before": str(before or ""), "after": str(parent or "")}
        subject = Subject("account", account.pk, str(account))
        record(PLACED if parent else TAKEN_OUT, actor, subject=subject, accounts=concerned, detail=detail)
    return True


def ancestors(account: Account) -> list[Account]:
    """The accounts above one, the nearest first; a merged one is the one it lives on in."""
    into = survivors()
    found: list[Account] = []
    seen = {account.pk}
    key = account.parent_id
    while key is not None:
        above = Account.objects.get(pk=into.get(key, key))
        if above.pk in seen:
            break
        seen.add(above.pk)
        found.append(above)
        key = above.parent_id
    return found


def children(account_id: int) -> list[Account]:
    """The accounts right below one, by name."""
    below = Account.objects.filter(parent__in=members_of(account_id), merged_into=None)
    return list(below.exclude(pk=account_id).order_by("name", "external_id"))


def tree_below(account_id: int) -> list[int]:
    """An account and all below it, level by level."""
    into = survivors()
    below: dict[int, list[int]] = {}
    for key, parent in Account.objects.filter(parent__isnull=False).values_list("pk", "parent_id"):
        if key not in into and parent is not None:
            below.setdefault(into.get(parent, parent), []).append(key)
    found, level = [account_id], [account_id]
    while level:
        level = [key for above in level for key in below.get(above, ()) if key not in found]
        found += level
    return found


def groups_of(account_ids: Collection[int]) -> dict[int, Account]:
    """The top of the tree each of these accounts stands in, of those that stand in one."""
    into = survivors()
    parents: Mapping[int, int | None] = dict(
        Account.objects.filter(parent__isnull=False).values_list("pk", "parent_id")
    )
    tops = {key: top for key in account_ids if (top := _top(key, parents, into)) != key}
    names = Account.objects.in_bulk(list(set(tops.values())))
    return {key: names[top] for key, top in tops.items()}


def groups() -> Iterator[Account]:
    """The accounts at the top of a tree, by name."""
    above = set(Account.objects.filter(parent__isnull=False).values_list("parent_id", flat=True))
    if not above:
        return
    into = survivors()
    tops = {into.get(key, key) for key in above if key is not None}
    yield from Account.objects.filter(pk__any_of=tops, parent=None, merged_into=None).order_by("name", "external_id")


def is_above(account: Account, other: Account) -> bool:
    """Whether an account is among those above another."""
    return any(each.pk == account.pk for each in ancestors(other))


def _check(account: Account, parent: Account) -> None:
    if parent.merged_into_id is not None or account.merged_into_id is not None:
        raise BadParent(_t("A merged account has no place of its own."))
    above = [parent, *ancestors(parent)]
    if account.pk in {each.pk for each in above}:
        shown = {"account": account, "parent": parent}
        raise BadParent(_t("%(parent)s is %(account)s itself or below it.") % shown)
    if len(above) + _levels(account.pk) > MOST_LEVELS:
        raise BadParent(_t("That would be more than %(most)d levels.") % {"most": MOST_LEVELS})


def _levels(account_id: int) -> int:
    """How many levels an account's own tree has, itself included."""
    level, levels = [account_id], 0
    while level:
        levels += 1
        level = list(Account.objects.filter(parent__in=level).values_list("pk", flat=True))
    return levels


def _top(account_id: int, parents: Mapping[int, int | None], into: Mapping[int, int]) -> int:
    seen = {account_id}
    while (above := parents.get(account_id)) is not None:
        account_id = into.get(above, above)
        if account_id in seen:
            break
        seen.add(account_id)
    return account_id
