"""The warehouse's copy of the facts, for questions about all accounts at a time.

Facts are copied by id in blocks. A block that is alike in number on both sides is taken for copied: facts are never
changed. That finds what was written since, what a transaction wrote late under an earlier id, what a rebuilt warehouse
lacks, and facts that went to another account when two were merged.
"""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
from django.db.models import Count, F, Sum

from tenure.accounts.models import Fact
from tenure.accounts.values import canonical
from tenure.lib.instants import to_us
from tenure.lib.once import once
from tenure.warehouse.schema import FACT, FACT_BLOCK
from tenure.warehouse.store import Store

_COLUMNS = ("id", "account_id", "field", "value", "valid_from", "recorded_at", "corrects_id", "withdrawal")
_RECENT = 10  # blocks that are always compared: a transaction may write an earlier id later
_AT_ONCE = 50  # blocks copied in one piece


@once
def copy_facts(store: Store, *, whole: bool = False) -> int:
    """Brings the copy up to date; returns how many facts were copied. Doing it again changes nothing.

    Unless the `whole` is compared, only the newest blocks are: what was written lately. A request that reads compares
    once, however many conditions it asks.
    """
    first = 0 if whole else max(0, max(store.fact_blocks(), default=0) - _RECENT)
    copied, recorded = store.fact_blocks(first), _blocks(first)
    different = sorted(block for block in {*copied, *recorded} if copied.get(block) != recorded.get(block))
    copied_now = 0
    for start in range(0, len(different), _AT_ONCE):
        for blocks in _runs(different[start : start + _AT_ONCE]):
            copied_now += _copy(store, range(blocks.start * FACT_BLOCK, blocks.stop * FACT_BLOCK))
    return copied_now


def copy_again(store: Store, fact_ids: Iterable[int]) -> None:
    """Copies the blocks these facts are in, though they look alike: something was erased from their values."""
    for block in sorted({fact_id // FACT_BLOCK for fact_id in fact_ids}):
        _copy(store, range(block * FACT_BLOCK, (block + 1) * FACT_BLOCK))


def _copy(store: Store, ids: range) -> int:
    rows = Fact.objects.filter(pk__gte=ids.start, pk__lt=ids.stop).order_by("pk").values_list(*_COLUMNS)
    made = [
        (key, account_id, field, canonical(value), to_us(valid), to_us(recorded), corrects or 0, withdrawal)
        for key, account_id, field, value, valid, recorded, corrects, withdrawal in rows
    ]
    columns = list(zip(*made, strict=True)) or [()] * len(FACT)
    arrays = [pa.array(column, kind.type) for column, kind in zip(columns, FACT, strict=True)]
    store.set_facts(ids, pa.table(arrays, schema=FACT))
    return len(made)


def _blocks(first: int) -> dict[int, tuple[int, int]]:
    recent = Fact.objects.filter(pk__gte=first * FACT_BLOCK)
    block = recent.annotate(block=F("pk") / FACT_BLOCK).values("block").order_by()
    counted = block.annotate(count=Count("pk"), accounts=Sum("account_id"))
    return {each["block"]: (each["count"], each["accounts"]) for each in counted}


def _runs(blocks: Sequence[int]) -> Iterator[range]:
    """Ascending numbers as runs without a gap."""
    start = 0
    for place in range(1, len(blocks) + 1):
        if place == len(blocks) or blocks[place] != blocks[place - 1] + 1:
            yield range(blocks[start], blocks[place - 1] + 1)
            start = place
