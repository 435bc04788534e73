"""Merging two accounts into one, and taking it back.

Nothing is moved: the merged account points at the survivor, and everything that is its own is read there. The
warehouse is told right after the transaction, and once more by the job that closes the days again, so that a crash in
between leaves nothing half done.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tenure.accounts.dimension import account_rows
from tenure.accounts.fact_book import Known, read_book, write_book
from tenure.accounts.hierarchy import is_above
from tenure.accounts.merging.members import first_day_of, survivors
from tenure.accounts.models import Account, AccountMerge
from tenure.accounts.runs import Origin, Run, decide, withdrawal
from tenure.accounts.values import canonical
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.jobs.queue import enqueue
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.lib.instants import to_us
from tenure.people.models import Member
from tenure.warehouse.store import Store

MERGED = verb("account.merged", _("{by} merged {subject} into {survivor}"))
UNMERGED = verb("account.unmerged", _("{by} took {subject} out of {survivor} again"))
#: The source of facts a survivor takes over.
SOURCE: Final = "merge"
#: The job that tells the warehouse and closes the days since the first one again.
JOB: Final = "recount_merged"


class BadMerge(TenureError):
    """These two accounts cannot be merged."""


class AlreadyUndone(TenureError):
    """The merge was undone before."""


def merge_accounts(
    merged: Account, survivor: Account, actor: Member | None, store: Store, take: Collection[str] = ()
) -> AccountMerge:
    """Makes `merged` live on in `survivor`. Raises BadMerge.

    Where both have a value of a field the survivor's stays, but for the fields of `take`; where it has none, it takes
    the merged account's.
    """
    with transaction.atomic():
        merged, survivor = _locked(merged, survivor)
        _check(merged, survivor)
        now = clock.now()
        taken = {name: value for name, value in merged.traits.items() if name in take or name not in survivor.traits}
        merge = AccountMerge(merged=merged, survivor=survivor, merged_at=now, merged_by=actor)
        merge.taken = _take(survivor, taken, actor)
        merge.save()
        merged.merged_into = survivor
        merged.save(update_fields=["merged_into"])
        _record_and_recount(MERGED, merge, actor)
    tell_merged(store, [merged.pk, survivor.pk])
    return merge


def undo_merge(merge: AccountMerge, actor: Member | None, store: Store) -> None:
    """Makes two accounts of them again, as they would be without the merge. Raises AlreadyUndone."""
    with transaction.atomic():
        now = clock.now()
        open_merges = AccountMerge.objects.filter(pk=merge.pk, undone_at=None)
        if not open_merges.update(undone_at=now, undone_by=actor):
            raise AlreadyUndone(_t("This was undone already."))
        _give_back(merge, actor)
        Account.objects.filter(pk=merge.merged_id).update(merged_into=None)
        _record_and_recount(UNMERGED, merge, actor)
    last = survivors().get(merge.survivor_id, merge.survivor_id)
    tell_merged(store, [merge.merged_id, merge.survivor_id, last])


def tell_merged(store: Store, account_ids: Collection[int] = ()) -> None:
    """Has the warehouse read merged accounts as their survivors', and list these accounts as they are now."""
    store.set_merged(survivors())
    if account_ids:
        store.set_accounts(account_rows(account_ids))


def _locked(merged: Account, survivor: Account) -> tuple[Account, Account]:
    rows = Account.objects.select_for_update().order_by("pk").in_bulk([merged.pk, survivor.pk])
    return rows[merged.pk], rows[survivor.pk]


def _check(merged: Account, survivor: Account) -> None:
    if merged.pk == survivor.pk:
        raise BadMerge(_t("An account cannot be merged into itself."))
    for account in (merged, survivor):
        if account.merged_into_id is not None:
            raise BadMerge(_t("%(account)s was merged into another account already.") % {"account": account})
    if is_above(merged, survivor):
        shown = {"merged": merged, "survivor": survivor}
        raise BadMerge(_t("%(merged)s is above %(survivor)s: merge them the other way round.") % shown)


def _take(survivor: Account, values: dict[str, Any], actor: Member | None) -> list[int]:
    """Writes facts of the survivor; returns their ids."""
    now = clock.now()
    book = read_book((survivor.pk, name) for name in values)
    for (_account, name), known in book.items():
        value = values[name]
        known.withdrawals += decide(known.runs, to_us(now), canonical(value), value, _origin(actor))
    facts, _accounts = write_book(book, now)
    return [key for _place, key in facts]


def _give_back(merge: AccountMerge, actor: Member | None) -> None:
    """Withdraws the facts the merge wrote; what a system said since stays said."""
    places = merge.survivor.facts.filter(pk__any_of=merge.taken).values_list("field", flat=True)
    book = read_book((merge.survivor_id, name) for name in set(places))
    for known in book.values():
        for run in [each for each in known.runs if each.row in merge.taken]:
            _withdraw(known, run, actor)
    write_book(book, clock.now())


def _withdraw(known: Known, run: Run, actor: Member | None) -> None:
    known.runs[:] = [each for each in known.runs if each is not run]
    if run.last_us > run.first_us:  # said since by somebody else
        known.runs.append(Run(run.last_us, run.last_us, run.text, run.value, run.origin, corrects=run.row))
        known.runs.sort(key=lambda each: each.order)
    else:
        known.withdrawals.append(withdrawal(run, _origin(actor)))


def _record_and_recount(told: Any, merge: AccountMerge, actor: Member | None) -> None:
    merged, survivor = merge.merged, merge.survivor
    subject = Subject("account", merged.pk, str(merged))
    record(told, actor, subject=subject, accounts=[merged.pk, survivor.pk], detail={"survivor": str(survivor)})
    first: date | None = first_day_of(merged) or merged.first_day
    payload = {"spans": [[first.isoformat(), None]]} if first else {}
    enqueue(JOB, payload, actor=actor)


def _origin(actor: Member | None) -> Origin:
    return Origin(SOURCE, actor.pk if actor else None)
