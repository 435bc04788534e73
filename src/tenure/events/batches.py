"""From what bodies hold to one transaction: run the pipeline, write new names and people, build the rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

import pyarrow as pa
import structlog

from tenure.accounts.book import Book
from tenure.accounts.dimension import AccountRow, account_rows
from tenure.accounts.erased import ErasedIds
from tenure.accounts.learning import Learnt, Observed, learn, unfinished
from tenure.accounts.leaving.going import let_go
from tenure.accounts.models import ErasedId
from tenure.accounts.unlearning import unlearn
from tenure.config import Config
from tenure.events.arrivals import Arrivals
from tenure.events.attribution import AccountRule
from tenure.events.erasing import erase_items, erase_refusal, erase_statements
from tenure.events.first_days import FirstDays, earliest, seen_by
from tenure.events.inbox.store import WITHDRAWAL, Body
from tenure.events.models import EventType, Source
from tenure.events.names import Names, feature_code
from tenure.events.observing import observe
from tenure.events.pipeline import Delivery, run
from tenure.events.quarantine import keep_refused
from tenure.events.reading import Parcel, Read, Refused, cannot_load
from tenure.events.rows import Days, Rows, Texts, message_keys, to_table
from tenure.events.samples import Samples
from tenure.events.withdrawing import withdrawn
from tenure.lib import clock
from tenure.warehouse.schema import EVENT
from tenure.warehouse.store import Batch, Store

log = structlog.get_logger()


@dataclass
class Prepared:
    """A batch ready for the warehouse, with the dimension rows that must be there before it, and the accounts that are
    no more after it.

    `bodies` of the inbox went into it.
    """

    batch: Batch
    bodies: int
    accounts: list[AccountRow] = field(default_factory=list)
    events: list[tuple[int, int, int]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    gone_accounts: set[int] = field(default_factory=set)


class Batches:
    """Everything the loader keeps in memory between batches. Begun anew after a failure."""

    def __init__(self, config: Config, store: Store) -> None:
        self._zone = config.zone
        self._book = Book()
        self._names = Names()
        self._samples = Samples()
        self._days = Days(self._zone)
        self._rules: dict[int, AccountRule] = {}
        self._sources: dict[int, str] = {}
        self._erased, self._erased_rows = ErasedIds({}), 0
        self._first_days = FirstDays(self._zone)
        self._first_days.correct(store.first_days())
        self._recalled_from: int | None = store.position()

    def prepare(self, found: Read) -> Prepared:
        """The batch of what was read. Writes what is new in the operational database."""
        if found.bodies[0].wire_format == WITHDRAWAL:
            return self._take_back(found.bodies[0])
        self._read_sources()
        self._read_erased()
        rows, observed, refused = Rows(), Observed(), list(found.refused)
        self._arrivals = Arrivals()
        for parcel in found.parcels:
            refused += self._take(parcel, rows, observed)
        for statements in observed.account_traits.values():
            erase_statements(statements, self._erased)
        refused = [each._replace(refusal=erase_refusal(each.refusal, self._erased)) for each in refused]
        position = found.bodies[-1].id
        texts = Texts.of(rows)
        observed.identities.update(texts.identities.distinct)
        learnt = learn(self._book, observed, position, self._zone, clock.now())
        keep_refused(refused, self._sources)
        self._arrivals.write()
        self._samples.learn(texts.events, rows.properties, self._names.ids, clock.now())
        table = to_table(rows, texts, self._book, self._names.ids, self._days)
        changed = learnt.accounts | self._first_days.lower(self._seen(table, observed, learnt))
        self._recall(learnt)
        batch = Batch(
            rows=table,
            position=position,
            links=learnt.links,
            reassigns=learnt.reassigns,
            relinks=learnt.relinks,
            timeless=rows.timeless,
        )
        new_names, self._names.fresh = self._names.fresh, []
        return Prepared(
            batch,
            len(found.bodies),
            account_rows(changed),
            event_rows(new_names),
            Counter(each.refusal.reason for each in refused),
        )

    def correct_first_days(self, store: Store, waiting: Sequence[Batch]) -> list[AccountRow]:
        """After stored events changed accounts; returns the rows that changed. `waiting` may not be stored yet."""
        seen = chain.from_iterable(seen_by(batch.rows, batch.links) for batch in waiting)
        return account_rows(self._first_days.correct(earliest(chain(store.first_days().items(), seen))))

    def set_aside(self, body: Body, error: Exception) -> Prepared:
        """A batch of no rows for a body that could not be prepared for a reason nobody foresaw."""
        log.error("body set aside", body=body.id, error=repr(error), exc_info=error)
        self._read_sources()
        self._read_erased()
        refusal = erase_refusal(cannot_load(body, error), self._erased)
        keep_refused([Refused(body, 0, refusal)], self._sources)
        batch = Batch(rows=EVENT.empty_table(), position=body.id)
        return Prepared(batch, 1, refused=Counter([refusal.reason]))

    def _take_back(self, body: Body) -> Prepared:
        """A batch that takes messages back, and what was learnt of them."""
        keys, file, part = withdrawn(body)
        learnt = unlearn(self._book, [key.hex() for key in keys], file, body.id, self._zone)
        self._recall(learnt)
        gone = let_go(self._book, file, part, body.id) if file else set()
        self._first_days.forget(gone)
        batch = Batch(
            rows=EVENT.empty_table(),
            position=body.id,
            links=learnt.links,
            reassigns=learnt.reassigns,
            relinks=learnt.relinks,
            withdrawn=keys,
        )
        return Prepared(batch, 1, gone_accounts=gone)

    def _take(self, parcel: Parcel, rows: Rows, observed: Observed) -> list[Refused]:
        source_id = parcel.bodies[0].source_id
        erase_items(parcel.items, self._rule(source_id), self._erased)
        delivery = Delivery(*parcel, self._rule(source_id), self._names)
        refused = run(delivery)
        if len(delivery.items):
            keys = message_keys(delivery)
            identities = observe(delivery, keys, f"events:{self._sources.get(source_id, '')}", observed)
            rows.add(delivery, keys, identities)
            if source_id in self._sources:
                self._arrivals.see(delivery, identities)
        return refused

    def _rule(self, source_id: int) -> AccountRule:
        return self._rules.get(source_id) or self._rules.setdefault(source_id, AccountRule())

    def _read_sources(self) -> None:
        """Settings may change at any time; a few rows are read anew for each batch."""
        rules = {}
        self._sources = {}
        for source in Source.objects.all():
            self._sources[source.pk] = source.name
            old = self._rules.get(source.pk)
            rules[source.pk] = old if old is not None and old.is_of(source) else AccountRule.of(source)
        self._rules = rules

    def _read_erased(self) -> None:
        """Whom people erased since the last batch. Sample values in memory may be theirs: those are read anew."""
        rows = ErasedId.objects.count()
        if rows != self._erased_rows:
            self._erased, self._erased_rows = ErasedIds.read(), rows
            self._samples = Samples()

    def _recall(self, learnt: Learnt) -> None:
        """Adds the repairs a crash may have kept from the warehouse: as they stand once this batch was learnt from."""
        if self._recalled_from is not None:
            missed = unfinished(self._book, self._recalled_from, self._zone)
            learnt.reassigns[:0] = missed.reassigns
            learnt.relinks[:0] = missed.relinks
            learnt.links[:0] = missed.links
            self._recalled_from = None

    def _seen(self, table: pa.Table, observed: Observed, learnt: Learnt) -> dict[int, date]:
        """Account -> earliest day this batch knows of it: an event, a fact or a link."""
        rows = table if self._first_days.may_lower(table) else table.slice(0, 0)
        said = (
            (self._book.accounts[account], self._days.day_of(time_us))
            for statements in observed.account_traits.values()
            for account, time_us, _ in statements
        )
        return earliest(chain(seen_by(rows, learnt.links), said))


def event_rows(events: Iterable[EventType]) -> list[tuple[int, int, int]]:
    """Dimension rows of events, as Store.set_events takes them."""
    return [(event.pk, event.event_class, feature_code(event)) for event in events]
