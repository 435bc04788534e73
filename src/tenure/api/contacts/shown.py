"""Contacts as programs read and write them."""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from ninja import Schema
from pydantic import Field

from tenure.accounts.contacts.details import MOST_NOTE, MOST_PHONES, Details, checked
from tenure.accounts.contacts.roles import roles_of, write_roles
from tenure.accounts.models import Contact, DecisionRole
from tenure.api.asked import Body, Day, Id, Text

Part = Literal["decision_maker", "champion", "user", "blocker"]
PARTS: Final[dict[DecisionRole, Part]] = {
    DecisionRole.DECISION_MAKER: "decision_maker",
    DecisionRole.CHAMPION: "champion",
    DecisionRole.USER: "user",
    DecisionRole.BLOCKER: "blocker",
}


class ContactShown(Schema):
    """A person at a customer. `roles` is their part in the decision; `left_on` the day they left, null while there."""

    id: int
    account_id: int
    external_id: str
    name: str
    title: str
    roles: list[Part]
    phones: list[str]
    email: str
    wechat: str
    note: str
    joined_on: date | None
    left_on: date | None
    user_id: int | None
    created_at: datetime
    changed_at: datetime


class ContactChanged(Body):
    """What is left out stays as it is."""

    external_id: Annotated[Text, Field(max_length=200)] = ""
    name: Annotated[Text, Field(min_length=1, max_length=300)] = ""
    title: Annotated[Text, Field(max_length=200)] = ""
    roles: Annotated[list[Part], Field(max_length=4)] = []
    phones: Annotated[list[Annotated[Text, Field(max_length=40)]], Field(max_length=MOST_PHONES)] = []
    email: Annotated[Text, Field(max_length=300)] = ""
    wechat: Annotated[Text, Field(max_length=100)] = ""
    note: Annotated[Text, Field(max_length=MOST_NOTE)] = ""
    joined_on: Day | None = None
    left_on: Annotated[Day | None, Field(description="The day they left the customer; null while there.")] = None
    user_id: Annotated[Id | None, Field(description="The user of the customer that they are.")] = None

    def details(self, before: Details | None = None) -> Details:
        """What is sent, and otherwise what was `before`. Raises BadContact."""
        texts = _texts(before) if before else {}
        user_id = before.user_id if before else None
        for name, value in self.given().items():
            match value:
                case _ if name == "user_id":
                    user_id = value
                case list():
                    texts[name] = ", ".join(value)
                case None:
                    texts[name] = ""
                case _:
                    texts[name] = str(value)
        return checked(texts, user_id)


class ContactAdded(ContactChanged):
    account_id: Id
    name: Annotated[Text, Field(min_length=1, max_length=300)]

    def given(self) -> dict[str, object]:
        return {name: value for name, value in super().given().items() if name != "account_id"}


class ContactMoved(Body):
    account_id: Id


def show_contact(contact: Contact) -> ContactShown:
    return ContactShown(
        id=contact.pk,
        account_id=contact.account_id,
        external_id=contact.external_id,
        name=contact.name,
        title=contact.title,
        roles=[PARTS[role] for role in roles_of(contact.roles)],
        phones=contact.phones,
        email=contact.email,
        wechat=contact.wechat,
        note=contact.note,
        joined_on=contact.joined_on,
        left_on=contact.left_on,
        user_id=contact.user_id,
        created_at=contact.created_at,
        changed_at=contact.changed_at,
    )


def _texts(details: Details) -> dict[str, str]:
    texts = {name: str(value or "") for name, value in vars(details).items() if name != "user_id"}
    return {**texts, "phones": ", ".join(details.phones), "roles": write_roles(details.roles)}
