"""Which of the accounts that a file brought would go with it, and letting them go.

Only the loader lets accounts go: it remembers their ids, and knows what named them before and after.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Mod

from tenure.accounts.book import Book
from tenure.accounts.leaving.traces import Trace, Why, relations, traces
from tenure.accounts.models import Account, AccountMention, Departure
from tenure.lib.bulk import delete_rows, insert_rows

_AT_ONCE: Final = 2_000

#: One part of so many, told by accounts' ids: 0 of 1 is all of them.
Part = tuple[int, int]
WHOLE: Final[Part] = (0, 1)


@dataclass
class Fate:
    """Of the accounts that a file brought: how many go, or went, and how many something keeps. `waiting`: not yet
    looked at.
    """

    go: int = 0
    stay: Counter[Why] = field(default_factory=Counter)
    waiting: int = 0


def foresee(file: str) -> Fate:
    """What would become of the accounts, were the file taken back now."""
    fate = Fate()
    for some in _chunks(AccountMention.objects.filter(file=file).values_list("account_id", flat=True)):
        kept = _kept(some, but_for=file)
        fate.go += len(some) - len(kept)
        fate.stay.update(kept.values())
    return fate


def fate_of(file: str) -> Fate:
    """What became of the accounts when the file was taken back."""
    fate = Fate(waiting=AccountMention.objects.filter(file=file).count())
    for went, stayed in Departure.objects.filter(file=file).values_list("went", "stayed"):
        fate.go += went
        fate.stay.update({Why(why): count for why, count in stayed.items()})
    return fate


def let_go(book: Book, file: str, part: Part, body: int) -> set[int]:
    """Forgets that a file named a part of its accounts, and deletes those that nothing keeps, in one short transaction
    for `body` (an inbox id); brings the book up to date and returns their ids. Done again it counts once.
    """
    with transaction.atomic():
        gone = _let_go(file, part, body)
    book.forget_accounts(gone.values())
    return set(gone)


def _let_go(file: str, part: Part, body: int) -> dict[int, str]:
    number, parts = part
    of_part = AccountMention.objects.annotate(part=Mod(F("account_id"), parts)).filter(file=file, part=number)
    mentions = dict(of_part.values_list("pk", "account_id"))
    if not mentions:
        return {}
    named = list(mentions.values())
    # Who is about to write something that names one of them waits here, and finds it gone.
    rows = Account.objects.select_for_update().filter(pk__any_of=named).order_by("pk")
    texts = dict(rows.values_list("pk", "external_id"))
    delete_rows(AccountMention, "id", mentions)
    kept = _kept(named)
    for trace in traces():
        if not trace.goes:
            kept |= dict.fromkeys(_naming(trace, texts.keys() - kept.keys(), Q()), Why.FILES)
    gone = {key: text for key, text in texts.items() if key not in kept}
    for trace in traces():
        if trace.goes and trace.aside:
            _delete(trace, gone)
    delete_rows(Account, "id", gone)
    stayed = {why.value: count for why, count in Counter(kept.values()).items()}
    insert_rows(Departure, ("file", "body", "went", "stayed"), [(file, body, len(gone), stayed)], pass_over_known=True)
    return gone


def _kept(accounts: Collection[int], but_for: str = "") -> dict[int, Why]:
    """Those of the accounts that something keeps beside the file `but_for`, by what is found first."""
    among = Account.objects.filter(pk__any_of=accounts)
    kept = dict.fromkeys(among.filter(only_in_files=False).values_list("pk", flat=True), Why.EVENTS)
    placed = among.exclude(parent=None, merged_into=None).values_list("pk", flat=True)
    kept |= dict.fromkeys(placed.exclude(pk__any_of=kept), Why.MEMBERS)
    for trace in traces():
        keeping = ~trace.aside() if trace.aside else Q()
        if trace.model is AccountMention:
            keeping = ~Q(file=but_for)
        kept |= dict.fromkeys(_naming(trace, set(accounts) - kept.keys(), keeping), trace.why)
    return kept


def _naming(trace: Trace, accounts: Collection[int], of: Q) -> QuerySet[Any, Any]:
    """Those of the accounts that rows of a table name which are `of` some kind."""
    rows = _rows(trace.model).filter(of, **{f"{trace.field}__any_of": accounts})
    return rows.order_by().values_list(trace.field, flat=True).distinct()


def _delete(trace: Trace, accounts: Mapping[int, str]) -> None:
    if any(model is not trace.model for model, _field in relations(trace.model)):  # with what belongs to the rows
        _rows(trace.model).filter(**{f"{trace.field}__any_of": accounts}).delete()
    else:
        delete_rows(trace.model, trace.field, accounts)


def _rows(model: type[Model]) -> QuerySet[Any]:
    """All of them: a default manager may leave some out."""
    return model._base_manager.all()


def _chunks(keys: QuerySet[Any, int]) -> Iterator[list[int]]:
    after = 0
    while some := list(keys.filter(account_id__gt=after).order_by("account_id")[:_AT_ONCE]):
        yield some
        after = some[-1]
