"""The forms of second factors: allauth's in our look and words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from tenure.web.people.forms import dress


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of your authenticator app, or a recovery code")
        dress(self)
        self.fields["code"].widget.attrs |= {"autofocus": True, "maxlength": 20}


class ConfirmCodeForm(ReauthenticateForm):  # type: ignore[misc]
    """Shows who it is once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of your authenticator app, or a recovery code")
        dress(self)


class TurnOnForm(ActivateTOTPForm):  # type: ignore[misc]
    """Proves that the authenticator app knows the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits your app shows")
        dress(self)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 6}


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Names a passkey; the browser fills in the credential."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": _("My passkey"), "passwordless": True, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].widget.attrs["class"] = "form-control"
        self.fields["passwordless"].label = _("Sign in with it alone")
        self.fields["passwordless"].help_text = _("Without a password; the device asks for your finger, face or PIN.")
        self.fields["passwordless"].widget.attrs["class"] = "form-check-input"
