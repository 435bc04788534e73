"""The form of a contact: the texts people type, checked by contacts.details."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenure.accounts.contacts.details import BadContact, Details, checked
from tenure.accounts.contacts.roles import LABELS, NAMES, roles_of
from tenure.accounts.merging.members import members_of
from tenure.accounts.models import Identity

_TEXT = {"class": "form-control", "autocomplete": "off"}
_DAY = {"class": "form-control", "type": "date"}
SUGGESTED_USERS = 200


class ContactForm(forms.Form):
    """Every field is a text; `details` of a valid form are a contact's. `account_id` is the account they belong to."""

    name = forms.CharField(label=pgettext_lazy("a person", "Name"), required=False, widget=forms.TextInput(_TEXT))
    title = forms.CharField(label=_("Title"), required=False, widget=forms.TextInput(_TEXT))
    roles = forms.MultipleChoiceField(
        label=_("Role in the decision"),
        required=False,
        choices=[(NAMES[role], label) for role, label in LABELS.items()],
        widget=forms.CheckboxSelectMultiple(),
    )
    phones = forms.CharField(
        label=_("Telephone"),
        help_text=_("Several with a comma between."),
        required=False,
        widget=forms.TextInput(_TEXT | {"inputmode": "tel"}),
    )
    wechat = forms.CharField(label=_("WeChat"), required=False, widget=forms.TextInput(_TEXT))
    email = forms.CharField(label=_("E-mail"), required=False, widget=forms.TextInput(_TEXT | {"inputmode": "email"}))
    joined_on = forms.CharField(label=_("Joined on"), required=False, widget=forms.TextInput(_DAY))
    left_on = forms.CharField(label=_("Left on"), required=False, widget=forms.TextInput(_DAY))
    user = forms.CharField(
        label=_("The user they are"),
        help_text=_("The id the product sends, when they use it themselves."),
        required=False,
        widget=forms.TextInput(_TEXT | {"list": "contact-users"}),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"class": "form-control", "rows": 3}))

    def __init__(self, account_id: int, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.account_id = account_id
        self.details: Details | None = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        typed = {name: given.get(name, "") for name in self.fields if name != "roles"}
        typed["roles"] = ", ".join(given.get("roles", ()))
        user_id = self._user(typed.pop("user"))
        try:
            self.details = checked(typed, user_id)
        except BadContact as bad:
            for field, problem in bad.problems.items():
                self.add_error(field, problem)
        return given

    def _user(self, text: str) -> int | None:
        if not text:
            return None
        found = identities_of(self.account_id).filter(external_id=text).first()
        if found is None:
            self.add_error("user", _t("The customer has no user with this id."))
            return None
        return found.user_id


def initial_of(details: Details) -> dict[str, Any]:
    """A contact's details as the texts of the form."""
    known_as = Identity.objects.filter(user=details.user_id).order_by("anonymous", "pk") if details.user_id else None
    identity = known_as.values_list("external_id", flat=True).first() if known_as is not None else ""
    return {
        **vars(details),
        "phones": ", ".join(details.phones),
        "roles": [NAMES[role] for role in roles_of(details.roles)],
        "joined_on": details.joined_on.isoformat() if details.joined_on else "",
        "left_on": details.left_on.isoformat() if details.left_on else "",
        "user": identity or "",
    }


def suggested_users(account_id: int) -> Sequence[tuple[str, str]]:
    """(id, name) of some of the account's users, to choose from."""
    known = identities_of(account_id).filter(anonymous=False).order_by("user__name", "external_id")
    return list(known.values_list("external_id", "user__name").distinct()[:SUGGESTED_USERS])


def identities_of(account_id: int) -> QuerySet[Identity]:
    return Identity.objects.filter(user__links__account__in=members_of(account_id))
