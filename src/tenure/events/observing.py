"""Reads from items what they say about people and accounts, beside what happened."""

import pyarrow as pa
import pyarrow.compute as pc

from tenure.accounts.learning import Observed
from tenure.events.attribution import LINKING, company_traits
from tenure.events.columns import Columns
from tenure.events.message import Message
from tenure.events.pipeline import MAX_ACCOUNT, Delivery


def observe(delivery: Delivery, source: str, observed: Observed) -> pa.StringArray:
    """Adds what the items say to `observed`; returns the id each is under, "" for none.

    `source` names where facts about accounts came from.
    """
    items = delivery.items
    users, anonymous = items.user_ids, items.anonymous_ids
    identities = users
    observed.known.update(pc.unique(users).to_pylist())
    nameless = pc.equal(users, "")
    if nameless.true_count:
        identities = pc.if_else(nameless, anonymous, users)
    if pc.any(pc.not_equal(anonymous, "")).as_py():
        observed.identities.update(pc.unique(anonymous).to_pylist())
        _observe_browsers(items, observed)
    for place, message in items.calls.items():
        identity, account = identities[place].as_py(), delivery.accounts[place].as_py()
        _observe_call(message, identity, account, delivery, source, observed)
    return identities


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
    message: Message, identity: str, named: str, delivery: Delivery, source: str, observed: Observed
) -> None:
    if message.previous_id and identity and message.previous_id != identity:
        observed.identities.add(message.previous_id)
        observed.claim(message.previous_id, identity, message.time_us)
    if message.kind not in LINKING:
        return
    account = delivery.rule.linked_account(message, named)
    if len(account) > MAX_ACCOUNT:
        account = ""
    if account:
        observed.accounts.add(account)
        if identity:
            observed.link(identity, account, message.time_us)
    about_account = company_traits(message)
    if message.kind == "group":
        about_account = message.traits or {}
    elif message.traits and identity:
        about_user = {
            name: value for name, value in message.traits.items() if name != "company" or not isinstance(value, dict)
        }
        observed.say(identity, message.time_us, about_user)
    if account and about_account:
        observed.account_traits[source].append((account, message.time_us, about_account))
