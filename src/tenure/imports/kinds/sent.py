"""What users and events share: rows go into the inbox as an SDK would have sent them, and the loader does the rest.

Undone, the messages of the rows are withdrawn: the loader forgets them at that place of the inbox.
"""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar, Final

import msgspec
from django.db import transaction

from tenure.events.formats.all import NATIVE
from tenure.events.formats.format import WireFormat
from tenure.events.inbox.current import inbox
from tenure.events.message import BadBody, Message, Refusal
from tenure.events.models import Source
from tenure.events.rows import message_key
from tenure.events.sources import create_source
from tenure.events.withdrawing import forget_mentions, withdraw
from tenure.imports.bodies import Sender, request_of
from tenure.imports.kinds.kind import Given, Kind, Pass, Setting, Verdict
from tenure.imports.models import Brought
from tenure.lib.bulk import insert_rows

USUAL_SOURCE: Final = "File import"
_encode = msgspec.json.Encoder(order="deterministic").encode


class Sent(Kind):
    """A kind whose rows are sent."""

    brings_customers: ClassVar[bool] = True

    #: Messages that are withdrawn together.
    at_once: ClassVar[int]
    #: What they are called in the count of what was taken back.
    counted_as: ClassVar[str]

    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        """The inbox is told first. Done again after a crash, the same messages are withdrawn once more."""
        brought = Brought.objects.filter(kind=self.key, file_import=setting.file_import)
        total, done = brought.count(), 0
        keys = (bytes.fromhex(key) for key in brought.values_list("key", flat=True).iterator(self.at_once))
        while some := list(islice(keys, self.at_once)):
            withdraw(inbox(), some)
            done += len(some)
            progress(done, total)
        forget_mentions(inbox(), str(setting.file_import.pk), total)
        with transaction.atomic():
            brought.delete()
        return {self.counted_as: done}


class Sending(Pass):
    """A pass over rows that become items of a wire format, each refused as the loader would refuse it."""

    wire_format: WireFormat = NATIVE

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._source_name = setting.file_import.counted_to or USUAL_SOURCE
        source = Source.objects.filter(name=self._source_name).first()
        self.source_id = source.pk if source else 0  # none before its first rows are written

    def prepare(self) -> None:
        """The source is there before any body names it: were it made with the first, a crash might give it two ids."""
        self.source_id = self.source_id or create_source(self._source_name, actor=None).pk

    @abstractmethod
    def item(self, row: Given) -> Mapping[str, Any]:
        """What is sent for the row, with an id."""

    @abstractmethod
    def message_id(self, row: Given) -> str:
        """The id of the row's message, once it was looked at."""

    def read(self, row: Given) -> Message | Verdict:
        """The row's message as the loader will read it, or its refusal."""
        try:
            found = self.wire_format.decode(request_of(self.wire_format, [_encode(self.item(row))]))[0]
        except BadBody as bad:
            return Verdict.refused(bad.detail or bad.reason)
        return Verdict.refused(found.detail or found.reason) if isinstance(found, Refusal) else found

    def write(self, rows: Sequence[Given]) -> None:
        sender = Sender(inbox(), self.source_id, self.wire_format, str(self.setting.file_import.pk))
        for row in rows:
            sender.add(_encode(self.item(row)), row.line)
        sender.finish()
        file_import = self.setting.file_import
        keys = (message_key(self.message_id(row), self.source_id, 0).hex() for row in rows)
        made = ((file_import.kind, key, "", 0, file_import.pk) for key in keys)
        insert_rows(Brought, ("kind", "key", "digest", "object_id", "file_import"), made, pass_over_known=True)

    def tell(self, *, last: bool) -> None:
        """The loader takes them from the inbox."""


def flat(rest: Mapping[str, Any], nested: str) -> dict[str, Any]:
    """What is in other columns; an object in a column of this name holds more of them."""
    inner = rest.get(nested)
    if not isinstance(inner, dict):
        return dict(rest)
    return {**inner, **{name: value for name, value in rest.items() if name != nested}}
