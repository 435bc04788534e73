"""Reads from items what they say about people and accounts, beside what happened."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tenure.accounts.learning import Observed
from tenure.accounts.stated import Stated
from tenure.events.attribution import LINKING, company_traits
from tenure.events.columns import Columns
from tenure.events.message import Message
from tenure.events.pipeline import MAX_ACCOUNT, Delivery
from tenure.events.quarantine import file_of
from tenure.events.rows import KEY_BYTES


def observe(delivery: Delivery, keys: bytes, source: str, observed: Observed) -> pa.StringArray:
    """Adds what the items say to `observed`; returns the id each is under, "" for none.

    `keys` are rows.message_keys of the items; `source` names where facts about accounts came from.
    """
    items = delivery.items
    users, anonymous = items.user_ids, items.anonymous_ids
    identities = users
    nameless = pc.equal(users, "")
    if nameless.true_count:
        identities = pc.if_else(nameless, anonymous, users)
    if pc.any(pc.not_equal(anonymous, "")).as_py():
        observed.identities.update(pc.unique(anonymous).to_pylist())
        _observe_browsers(items, observed)
    files = [file_of(body.request) for body in delivery.bodies]
    of_files = _rows_of_files(delivery, files)
    _observe_names(items, identities, of_files, observed)
    _observe_accounts(delivery, files, observed)
    for place, message in items.calls.items():
        identity, account = identities[place].as_py(), delivery.accounts[place].as_py()
        key = keys[place * KEY_BYTES : (place + 1) * KEY_BYTES].hex() if place in of_files else ""
        if linked := _observe_call(message, identity, account, delivery, source, key, observed):
            observed.name_account(linked, files[delivery.origins[place].as_py()])
    return identities


def _rows_of_files(delivery: Delivery, files: Sequence[str]) -> dict[int, str]:
    """The file of each row of files that names one id and no other, by place: what it says can be taken back."""
    if not any(files):
        return {}
    items = delivery.items
    of_one_id = pc.xor(pc.equal(items.user_ids, ""), pc.equal(items.anonymous_ids, "")).to_pylist()
    found = {place: files[origin] for place, origin in enumerate(delivery.origins.to_pylist()) if of_one_id[place]}
    naming_two = {place for place, call in items.calls.items() if call.previous_id}
    return {place: file for place, file in found.items() if file and place not in naming_two}


def _observe_names(items: Columns, identities: pa.StringArray, of_files: Mapping[int, str], observed: Observed) -> None:
    """Which ids are named, and which of them by rows of files that state nothing of them."""
    if of_files:
        texts = identities.to_pylist()
        observed.mentioned.update(
            (texts[place], file) for place, file in of_files.items() if items.kind(place) not in LINKING
        )
        items = items.take(pa.array([place for place in range(len(items)) if place not in of_files], pa.int32()))
    known = pc.unique(items.user_ids).to_pylist()
    observed.known.update(known)
    observed.named.update(known, pc.unique(items.anonymous_ids).to_pylist())


def _observe_accounts(delivery: Delivery, files: Sequence[str], observed: Observed) -> None:
    """Which accounts are named, and by which files."""
    if not any(files):
        named = pc.unique(delivery.accounts).to_pylist()
        observed.accounts.update(named)
        observed.named_accounts.update(named)
        return
    pairs = pa.table([delivery.accounts, delivery.origins], ["account", "origin"])
    distinct = pairs.group_by(["account", "origin"], use_threads=False).aggregate([])
    for account, origin in zip(distinct["account"].to_pylist(), distinct["origin"].to_pylist(), strict=True):
        observed.name_account(account, files[origin])


def _observe_browsers(items: Columns, observed: Observed) -> None:
    """A user's events under an anonymous id say whose id it is; the earliest time counts."""
    anonymous, users = items.anonymous_ids, items.user_ids
    both = pc.and_(pc.not_equal(anonymous, ""), pc.and_(pc.not_equal(users, ""), pc.not_equal(anonymous, users)))
    columns = [column.filter(both) for column in (anonymous, users, items.times_us)]
    pairs = pa.table(columns, ["anonymous", "user", "time"])
    first = pairs.group_by(["anonymous", "user"], use_threads=False).aggregate([("time", "min")])
    claims = (first[name].to_pylist() for name in ("anonymous", "user", "time_min"))
    for anonymous, user, time_us in zip(*claims, strict=True):
        observed.claim(anonymous, user, time_us)


def _observe_call(
    message: Message, identity: str, named: str, delivery: Delivery, source: str, key: str, observed: Observed
) -> str:
    """Returns the account that it speaks of; empty for none. `key` is the message's, where it is a row of a file that
    states something of one id; else empty.
    """
    if message.previous_id and identity and message.previous_id != identity:
        observed.identities.add(message.previous_id)
        observed.named.add(message.previous_id)
        observed.claim(message.previous_id, identity, message.time_us)
    if message.kind not in LINKING:
        return ""
    account = delivery.rule.linked_account(message, named)
    if len(account) > MAX_ACCOUNT:
        account = ""
    about_account, about_user = company_traits(message), _user_traits(message)
    if message.kind == "group":
        about_account, about_user = message.traits or {}, {}
    if key:
        observed.state(Stated(key, identity, account, message.time_us, about_user))
    elif identity:
        if account:
            observed.link(identity, account, message.time_us)
        if about_user:
            observed.say(identity, message.time_us, about_user)
    if account and about_account:
        observed.account_traits[source].append((account, message.time_us, about_account))
    return account


def _user_traits(message: Message) -> dict[str, Any]:
    traits = message.traits or {}
    return {name: value for name, value in traits.items() if name != "company" or not isinstance(value, dict)}
