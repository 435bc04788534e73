"""The form of a new token: its name, how long it works, and how far it is let into each area."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tenure.people.models import Access, Area
from tenure.people.tokens import MOST_NAME

DAYS = (30, 90, 365)
_CLOSED_AT_FIRST = frozenset({Area.MEMBERS, Area.AUDIT, Area.PERSONAL_DATA})
_SELECT = {"class": "form-select"}


class TokenForm(forms.Form):
    """An area is chosen by a field of its name; reading is what is offered first, but for what is about people."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=MOST_NAME,
        help_text=_("Names what it does in the audit log, like “CRM sync”."),
        widget=forms.TextInput({"class": "form-control"}),
    )
    days = forms.TypedChoiceField(label=_("Works for"), coerce=int, initial="90", widget=forms.Select(_SELECT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        assert isinstance(days, forms.ChoiceField)
        terms = [(str(each), ngettext("%(count)s day", "%(count)s days", each) % {"count": each}) for each in DAYS]
        days.choices = [*terms, ("0", _("Until it is revoked"))]
        for area in Area:
            self.fields[area.value] = forms.ChoiceField(
                label=area.label,
                choices=[("", _("Nothing")), *Access.choices],
                required=False,
                initial="" if area in _CLOSED_AT_FIRST else Access.READ.value,
                widget=forms.Select({"class": "form-select w-auto"}),
            )

    @property
    def days_chosen(self) -> int | None:
        """None: until it is revoked."""
        return self.cleaned_data["days"] or None

    @property
    def scopes(self) -> dict[Area, Access]:
        return {area: Access(chosen) for area in Area if (chosen := self.cleaned_data[area.value])}
