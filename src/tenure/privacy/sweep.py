"""The job that takes erased people out of the inbox and the warehouse. Done again it changes nothing.

Erased ids are known by their digests alone, so it looks at every body that is kept: a job begun anew, an older inbox
put back and a sender that goes on sending are all the same to it. It runs after each erasure and every night.
"""

import time as timing
from collections.abc import Callable, Iterable, Iterator
from datetime import time
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tenure.accounts.erased import ErasedIds, erased_identities, tell_erased
from tenure.accounts.fact_copy import copy_again
from tenure.accounts.models import FileStatement, Identity, User
from tenure.accounts.search.keeping import names_changed
from tenure.config import Config
from tenure.events.attribution import AccountRule
from tenure.events.erasing import ERASED_TEXT, erase_message, erase_refusal, ids_of, names_erased, places_of
from tenure.events.formats.all import STORED
from tenure.events.formats.kept import Kept, encode
from tenure.events.inbox.current import inbox as open_inbox
from tenure.events.inbox.store import Body, Inbox
from tenure.events.message import BadBody, Message, Refusal, Request
from tenure.events.models import QuarantinedItem, Source
from tenure.events.reading import Reading, cannot_load
from tenure.events.rows import message_key
from tenure.jobs.kinds import register as register_kind
from tenure.jobs.run import Run
from tenure.lib.errors import TenureError
from tenure.privacy.erasing import SWEEP
from tenure.privacy.ledger import write_ledger
from tenure.warehouse.current import store as open_store
from tenure.warehouse.store import Store

_BODIES = 2_000
_BYTES = 8 * 2**20
_WAIT_S = 600.0

#: Told the inbox id up to which bodies were looked at, and the last one there is.
Progress = Callable[[int, int], None]


class LoaderBehind(TenureError):
    """Bodies that came before the erasure are not loaded yet: the job is done again later."""


def register() -> None:
    register_kind(SWEEP, sweep_erased, _("Erase personal data from events"), daily_at=time(5, 0), lease_s=900)


def sweep_erased(run: Run) -> dict[str, object]:
    """The job. It remembers how far it came in the inbox, and waits for what the loader had begun before."""
    since = int(str(run.payload.get("position", 0)))

    def told(position: int, last: int) -> None:
        run.remember({**run.payload, "position": position})
        run.progress(position, max(last, 1))

    facts = run.payload.get("facts", [])
    assert isinstance(facts, list)
    copy_again(open_store(), facts)
    return sweep(open_inbox(), open_store(), settings.CONFIG, told, since)


def sweep(inbox: Inbox, store: Store, config: Config, progress: Progress, since: int = 0) -> dict[str, object]:
    """Takes everybody who was erased out of bodies, refused items and stored events; says how many of each."""
    erased = ErasedIds.read()
    write_ledger(config)
    if not erased:
        return {"bodies": 0, "events": 0}
    last = inbox.last_id()
    bodies = _sweep_inbox(inbox, config, erased, since, last, progress)
    _wait_for_loader(store, last, progress)
    _sweep_tables(erased)
    return {"bodies": bodies, "events": tell_erased(store)}


def _sweep_inbox(inbox: Inbox, config: Config, erased: ErasedIds, position: int, last: int, progress: Progress) -> int:
    rewritten = 0
    rules = {source.pk: AccountRule.of(source) for source in Source.objects.all()}
    while position < last and (bodies := inbox.after(position, _BODIES, _BYTES)):
        found = _naming(bodies, erased, config.max_decoded)
        changed = [
            rewrite_body(body, rules.get(body.source_id) or AccountRule(), erased, config.max_decoded)
            for body in bodies
            if body.id in found
        ]
        if changed:
            inbox.rewrite(changed)
        rewritten += len(changed)
        position = bodies[-1].id
        progress(position, max(position, last))
    return rewritten


def _naming(bodies: Iterable[Body], erased: ErasedIds, max_decoded: int) -> set[int]:
    """The bodies, by id, in which somebody erased is named."""
    reading = Reading(max_decoded)
    for body in bodies:
        reading.add(body)
    found = set()
    for parcel in reading.parcels():
        if named := erased.among(ids_of(parcel.items)):
            origins = parcel.origins.to_pylist()
            found |= {parcel.bodies[origins[place]].id for place in places_of(parcel.items, named)}
    for refused in reading.refused:
        if names_erased(refused.refusal.raw.decode(errors="replace"), erased):
            found.add(refused.body.id)
    return found


def rewrite_body(body: Body, rule: AccountRule, erased: ErasedIds, max_decoded: int) -> Body:
    """The body as it is kept from now on: the same items at the same places, without what is said of the erased."""
    try:
        items = STORED[body.wire_format].decode(body.request, max_decoded)
    except BadBody as bad:
        items = [Refusal(bad.reason, "", ERASED_TEXT.encode())]
    except Exception as error:  # as the loader has it: it is refused as a whole
        items = [Refusal(cannot_load(body, error).reason, "", ERASED_TEXT.encode())]
    query = body.request.query if body.request.query.startswith("#") else ""  # rows of a file
    kept = encode(list(_kept(items, body, rule, erased)))
    return body._replace(wire_format=Kept.name, request=Request(body.request.route, kept, query))


def _kept(
    items: Iterable[Message | Refusal], body: Body, rule: AccountRule, erased: ErasedIds
) -> Iterator[Message | Refusal]:
    for item in items:
        if isinstance(item, Refusal):
            yield erase_refusal(item, erased)
            continue
        if erased.among((item.user_id, item.anonymous_id, item.previous_id)):
            key = message_key(item.message_id, body.source_id, body.id)
            item = erase_message(item, rule, erased)
            item.message_id = str(UUID(bytes=key))  # loads as the same key; a sender's own id may tell who it was
        yield item


def _wait_for_loader(store: Store, last: int, progress: Progress) -> None:
    """A batch begun before the erasure was written may still bring what it had read."""
    until = timing.monotonic() + _WAIT_S
    while store.position() < last:
        if timing.monotonic() > until:
            raise LoaderBehind("Events wait to be loaded. This goes on when they are.")
        timing.sleep(0.2)
        progress(last, last)


def _sweep_tables(erased: ErasedIds) -> None:
    """What such a batch may have written, and what an older database that was put back still holds."""
    identities = Identity.objects.filter(pk__any_of=erased_identities())
    identities.exclude(traits={}).update(traits={})
    FileStatement.objects.filter(identity__in=identities).exclude(traits={}).update(traits={})
    users = User.objects.filter(pk__in=identities.values("home"))  # not whose the id may have come to be since
    held = users.exclude(name="", email="", traits={})
    named = list(held.values_list("pk", flat=True))
    held.filter(pk__any_of=named).update(name="", email="", traits={}, traits_at=None)
    names_changed(User, named)
    for source in Source.objects.all():
        gone = erased.among(str(each.get("user", "")) for each in source.latest)
        if gone:
            latest = [each for each in source.latest if each.get("user") not in gone]
            Source.objects.filter(pk=source.pk).update(latest=latest)
    refused = QuarantinedItem.objects.values_list("pk", "raw").iterator()
    named = [pk for pk, raw in refused if names_erased(raw, erased)]
    QuarantinedItem.objects.filter(pk__any_of=named).delete()
