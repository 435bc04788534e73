"""Which account a message names itself, by its source's settings; and which one a call links its user to."""

from collections.abc import Callable
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tenure.events.columns import Columns, indices, strings
from tenure.events.message import Message
from tenure.events.models import Source
from tenure.events.models.source import DEFAULT_ACCOUNT_PROPERTIES

#: Group types tried in order when the source names none; after them an only group, whatever its type.
GROUP_TYPES = ("company", "account", "organization", "organisation", "workspace", "team")
#: Kinds of call that say where a user belongs, not only where an event happened.
LINKING = frozenset({"identify", "group", "profile"})


class AccountRule:
    """The settings of one source, made ready for reading many messages."""

    def __init__(self, group_type: str = "", account_properties: tuple[str, ...] = DEFAULT_ACCOUNT_PROPERTIES) -> None:
        self.group_type = group_type
        self.account_properties = account_properties
        self._fields = [f"f{place}" for place in range(len(account_properties))]
        names = dict(zip(self._fields, account_properties, strict=True))
        self._read = _decoder(self._fields, names, str | int | None)
        self._read_any = _decoder(self._fields, names, Any)

    @classmethod
    def of(cls, source: Source) -> "AccountRule":
        return cls(source.group_type, tuple(source.account_properties))

    def is_of(self, source: Source) -> bool:
        """Whether these are still the source's settings."""
        return (self.group_type, self.account_properties) == (source.group_type, tuple(source.account_properties))

    def accounts_of(self, items: Columns) -> pa.StringArray:
        """The account each item names: its own group, else one of its groups, else a property; "" for none."""
        unnamed = indices(pc.equal(items.group_ids, ""))
        if not unnamed:
            return items.group_ids
        accounts = items.group_ids.to_pylist()
        for place, properties in zip(unnamed, items.properties.take(pa.array(unnamed)).to_pylist(), strict=True):
            groups = items.groups.get(place)
            accounts[place] = (self._group(groups) if groups else "") or self._property(properties)
        return strings(accounts)

    def linked_account(self, message: Message, named: str) -> str:
        """The account a linking call puts its user in: the one it names, else one its traits name; "" for none."""
        if named or message.kind == "group" or not message.traits:
            return named
        for name in self.account_properties:
            found = _id(message.traits.get(name))
            if found:
                return found
        company = message.traits.get("company")
        return _id(company.get("id")) if isinstance(company, dict) else ""

    def _group(self, groups: dict[str, str]) -> str:
        if self.group_type:
            return groups.get(self.group_type, "")
        for group_type in GROUP_TYPES:
            if groups.get(group_type):
                return groups[group_type]
        return next(iter(groups.values())) if len(groups) == 1 else ""

    def _property(self, properties: str) -> str:
        if properties == "{}":
            return ""
        try:
            found = self._read(properties)
        except msgspec.ValidationError:  # one of them holds something else; the others may still do
            found = self._read_any(properties)
        except msgspec.DecodeError:
            return ""
        for value in msgspec.structs.astuple(found):
            if value is not None and (account := _id(value)):
                return account
        return ""


def _decoder(fields: list[str], names: dict[str, str], kind: Any) -> Callable[[str], msgspec.Struct]:
    """Reads nothing of an object but these fields: several times faster than the whole."""
    struct = msgspec.defstruct("AccountProperties", [(field, kind, None) for field in fields], rename=names, gc=False)
    return msgspec.json.Decoder(struct).decode


def company_traits(message: Message) -> dict[str, Any]:
    """What an identify call says about the user's company beside its id (Segment's traits.company)."""
    company = (message.traits or {}).get("company")
    if not isinstance(company, dict):
        return {}
    return {name: value for name, value in company.items() if name != "id"}


def _id(value: Any) -> str:
    """Texts and whole numbers are ids; nothing else is."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return ""
    return str(int(value))
