"""Takes erased people out of items: their ids become the erased ones, and what is said about them is left out.

What the items say beside that stays: when something happened, in which account, and whose user is where. An item is
about the person when it is under an id of theirs. The same item comes out however often it is taken.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tenure.accounts.erased import ErasedIds
from tenure.accounts.learning import Statement
from tenure.events.attribution import LINKING, AccountRule
from tenure.events.columns import Columns, indices, strings
from tenure.events.message import Message, Refusal

ERASED_TEXT = "[erased]"
_TEXTS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\d+)|([^\s",:{}\[\]&=]+)')


def erase_items(items: Columns, rule: AccountRule, erased: ErasedIds) -> None:
    """Changes the items of erased people in place. Only the distinct ids of the items are looked at one by one."""
    if not erased:
        return
    found = erased.among(ids_of(items))
    if not found:
        return
    places = places_of(items, found)
    changed = {place: erase_message(items.message(place), rule, erased) for place in places}
    items.user_ids = _put(items.user_ids, {place: each.user_id for place, each in changed.items()})
    items.anonymous_ids = _put(items.anonymous_ids, {place: each.anonymous_id for place, each in changed.items()})
    items.group_ids = _put(items.group_ids, {place: each.group_id for place, each in changed.items()})
    properties = {place: each.properties.decode() for place, each in changed.items()}
    items.properties = _put(items.properties, properties)
    for place, message in changed.items():
        items.groups.pop(place, None)
        if message.groups:
            items.groups[place] = message.groups
        if place in items.calls:
            items.calls[place] = message


def erase_statements(statements: list[Statement], erased: ErasedIds) -> None:
    """Leaves out of what is said of accounts, in place, the fields with a text that was erased from them."""
    if not erased.has_texts:
        return
    for place, (account, time_us, traits) in enumerate(statements):
        hidden = [
            name for name, value in traits.items() if any(erased.hides_of(account, each) for each in texts(value))
        ]
        if hidden:
            kept = {name: value for name, value in traits.items() if name not in hidden}
            statements[place] = account, time_us, kept


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value but the names of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def ids_of(items: Columns) -> set[str]:
    """The distinct ids the items name."""
    found = {call.previous_id for call in items.calls.values()}
    for column in (items.user_ids, items.anonymous_ids):
        found.update(pc.unique(column).to_pylist())
    return found - {""}


def places_of(items: Columns, ids: Mapping[str, Any]) -> list[int]:
    """Where one of the ids is named."""
    wanted = strings(sorted(ids))
    masks = [pc.is_in(column, value_set=wanted) for column in (items.user_ids, items.anonymous_ids)]
    previous = [place for place, call in items.calls.items() if call.previous_id in ids]
    return sorted({*indices(pc.or_(*masks)), *previous})


def erase_message(message: Message, rule: AccountRule, erased: ErasedIds) -> Message:
    """The message without what it says about an erased person.

    Ids that it names beside an erased one, such as that of a new browser, are left out: they would lead to the person.
    """
    found = erased.among((message.user_id, message.anonymous_id, message.previous_id))
    theirs = (message.user_id or message.anonymous_id) in found
    made = msgspec.structs.replace(
        message,
        user_id=found.get(message.user_id, message.user_id),
        anonymous_id=found.get(message.anonymous_id, "" if theirs else message.anonymous_id),
        previous_id=found.get(message.previous_id, "" if theirs else message.previous_id),
    )
    if not theirs:
        return made
    made.group_id = rule.accounts_of(Columns.of([message]))[0].as_py()
    made.groups, made.properties = None, b"{}"
    made.traits = _account_only(message, rule, erased)
    return made


def erase_refusal(refusal: Refusal, erased: ErasedIds) -> Refusal:
    """The refusal without its text, when an erased id stands in there by itself."""
    if not erased or not names_erased(refusal.raw.decode(errors="replace"), erased):
        return refusal
    return Refusal(refusal.reason, "", ERASED_TEXT.encode())


def names_erased(raw: str, erased: ErasedIds) -> bool:
    """Whether an erased id is one of the values in the text of an item."""
    found = set()
    for quoted, number, bare in _TEXTS.findall(raw):
        found.add(number or bare or _unescaped(quoted))
    return bool(erased.among(found))


def _account_only(message: Message, rule: AccountRule, erased: ErasedIds) -> dict[str, Any] | None:
    """Of the traits what says to which account the user belongs; a group's are about the account and stay."""
    if message.kind == "group":
        hidden: dict[str, Any] | None = _hidden(message.traits, erased)
        return hidden
    if message.kind not in LINKING or not message.traits:
        return None
    kept = {name: message.traits[name] for name in rule.account_properties if name in message.traits}
    company = message.traits.get("company")
    if isinstance(company, dict) and "id" in company:
        kept["company"] = {"id": company["id"]}
    return kept or None


def _hidden(value: Any, erased: ErasedIds) -> Any:
    """A JSON value without the texts in it that are somebody's who was erased."""
    if isinstance(value, str):
        return ERASED_TEXT if erased.hides(value) else value
    if isinstance(value, list):
        return [_hidden(each, erased) for each in value]
    if isinstance(value, dict):
        return {name: _hidden(each, erased) for name, each in value.items()}
    return value


def _put(column: pa.StringArray, values: Mapping[int, str]) -> pa.StringArray:
    mask = [False] * len(column)
    for place in values:
        mask[place] = True
    ordered = strings([values[place] for place in sorted(values)])
    return pc.replace_with_mask(column, pa.array(mask), ordered)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    try:
        return str(msgspec.json.decode(f'"{text}"'))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return text
