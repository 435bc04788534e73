"""The forms of first run, sign-in, passwords and preferences."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
)
from allauth.account.forms import ResetPasswordForm as AskForPasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from tenure.people.models import Member, Theme

_TEXT = {"class": "form-control"}
PASSWORD_HINT = _("At least 10 characters, not only digits, not a common one, and not like your name.")


class WelcomeForm(forms.Form):
    """The owner of a fresh installation."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(_TEXT | {"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(_TEXT | {"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HINT,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(_TEXT | {"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.Select({"class": "form-select"})
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("password"):
            owner = Member(email=given.get("email", ""), name=given.get("name", ""))
            try:
                validate_password(given["password"], owner)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's form in our look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        dress(self)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """allauth's form in our look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT
        dress(self)


class ForgottenPasswordForm(AskForPasswordForm):  # type: ignore[misc]
    """allauth's form in our look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        dress(self)


class ResetPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """allauth's form in our look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HINT
        dress(self)


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """allauth's form in our look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        dress(self)


class JoinForm(forms.Form):
    """Somebody invited becomes a member."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(_TEXT | {"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HINT,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(_TEXT | {"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("password"):
            try:
                validate_password(given["password"], Member(email=self.email, name=given.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What a member sets for themselves."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(_TEXT | {"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.Select({"class": "form-select"})
    )
    theme = forms.ChoiceField(
        label=_("Appearance"), choices=Theme.choices, widget=forms.Select({"class": "form-select"})
    )

    class Meta:
        model = Member
        fields = ["name", "language", "theme"]


def dress(form: forms.Form) -> None:
    """Our look for the fields of others."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-control"
        field.widget.attrs.pop("placeholder", None)
