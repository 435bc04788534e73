"""Reads from items what they say about people and accounts, beside what happened."""

from tenure.accounts.learning import Observed
from tenure.events.attribution import LINKING, company_traits
from tenure.events.message import Message
from tenure.events.pipeline import MAX_ACCOUNT, Delivery


def observe(delivery: Delivery, source: str, observed: Observed) -> list[str]:
    """Adds what the items of a body say to `observed`; returns the id each is under, "" for none.

    `source` names where facts about accounts came from.
    """
    items = delivery.items
    users, anonymous = items.user_ids, items.anonymous_ids
    observed.known.update(users)
    identities = users
    if any(anonymous):
        identities = [user or other for user, other in zip(users, anonymous, strict=True)]
        observed.identities.update(anonymous)
        for user, other, time_us in zip(users, anonymous, items.times_us, strict=True):
            if user and other and user != other:
                observed.claim(other, user, time_us)
    for place, message in items.calls.items():
        _observe_call(message, identities[place], delivery.accounts[place], delivery, source, observed)
    return identities


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
