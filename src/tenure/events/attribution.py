"""Which account a message names itself, by its source's settings; and which one a call links its user to."""

import re
from typing import Any

import msgspec

from tenure.events.message import Message
from tenure.events.models import Source
from tenure.events.models.source import DEFAULT_ACCOUNT_PROPERTIES

#: Group types tried in order when the source names none; after them an only group, whatever its type.
GROUP_TYPES = ("company", "account", "organization", "organisation", "workspace", "team")
#: Kinds of call that say where a user belongs, not only where an event happened.
LINKING = frozenset({"identify", "group", "profile"})

_value = msgspec.json.Decoder()


class AccountRule:
    """The settings of one source, made ready for reading many messages."""

    def __init__(self, group_type: str = "", account_properties: tuple[str, ...] = DEFAULT_ACCOUNT_PROPERTIES) -> None:
        self.group_type = group_type
        self.account_properties = account_properties
        fields = [(f"f{place}", msgspec.Raw, msgspec.Raw(b"")) for place in range(len(account_properties))]
        names = {f"f{place}": name for place, name in enumerate(account_properties)}
        struct = msgspec.defstruct("AccountProperties", fields, rename=names, gc=False)
        self._read = msgspec.json.Decoder(struct).decode
        self._fields = [field for field, _, _ in fields]
        self._named = re.compile(b"|".join(re.escape(f'"{name}"'.encode()) for name in account_properties) or b"(?!)")

    @classmethod
    def of(cls, source: Source) -> "AccountRule":
        return cls(source.group_type, tuple(source.account_properties))

    def is_of(self, source: Source) -> bool:
        """Whether these are still the source's settings."""
        return (self.group_type, self.account_properties) == (source.group_type, tuple(source.account_properties))

    def account_of(self, message: Message) -> str:
        """The account the message names: its own group, else a property; "" when it names none."""
        if message.group_id:
            return message.group_id
        if message.groups:
            found = self._group(message.groups)
            if found:
                return found
        properties = message.properties
        if self._named.search(properties) is None:
            return ""
        return self._property(properties)

    def linked_account(self, message: Message) -> str:
        """The account a linking call puts its user in: the one it names, else one its traits name; "" for none."""
        named = self.account_of(message)
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

    def _property(self, properties: bytes) -> str:
        try:
            found = self._read(properties)
        except msgspec.DecodeError:
            return ""
        for field in self._fields:
            raw = getattr(found, field)
            if raw:
                account = _id(_value.decode(raw))
                if account:
                    return account
        return ""


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
