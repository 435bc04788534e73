"""Reads from messages what they say about people and accounts, beside what happened."""

from tenure.accounts.learning import Observed
from tenure.events.attribution import LINKING, company_traits
from tenure.events.message import Message
from tenure.events.pipeline import MAX_ACCOUNT, Delivery


def observe(delivery: Delivery, source: str, observed: Observed) -> list[str]:
    """Adds what the messages of a body say to `observed`; returns the id each is under, "" for none.

    `source` names where facts about accounts came from.
    """
    messages = delivery.messages
    identities = [message.user_id or message.anonymous_id for message in messages]
    observed.accounts.update(delivery.accounts)
    observed.identities.update(identities)
    observed.known.update([message.user_id for message in messages])
    for message in [each for each in messages if each.anonymous_id]:
        if message.user_id and message.anonymous_id != message.user_id:
            observed.identities.add(message.anonymous_id)
            observed.claim(message.anonymous_id, message.user_id, message.time_us)
    for place in [place for place, each in enumerate(messages) if each.kind != "track"]:
        _observe_call(messages[place], identities[place], delivery, source, observed)
    return identities


def _observe_call(message: Message, identity: str, delivery: Delivery, source: str, observed: Observed) -> None:
    if message.previous_id and identity and message.previous_id != identity:
        observed.identities.add(message.previous_id)
        observed.claim(message.previous_id, identity, message.time_us)
    if message.kind not in LINKING:
        return
    account = delivery.rule.linked_account(message)
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
        about_user = {name: value for name, value in message.traits.items() if value is not about_account}
        observed.say(identity, message.time_us, about_user)
    if account and about_account:
        observed.account_traits[source].append((account, message.time_us, about_account))
