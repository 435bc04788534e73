"""Second factors of one's own: allauth's pages, with what is written down when one comes or goes."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy

from tenure.people.second_factor import note_added, note_removed


class TurnOn(ActivateTOTPView):  # type: ignore[misc]
    """Sets up an authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_added(self.request.user, Authenticator.Type.TOTP)
        return response


class TurnOff(DeactivateTOTPView):  # type: ignore[misc]
    """Forgets the authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_removed(self.request.user, Authenticator.Type.TOTP, self.request.user)
        return response


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Makes new recovery codes; the old ones stop working."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_added(self.request.user, Authenticator.Type.RECOVERY_CODES)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey or a security key."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_added(self.request.user, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Forgets a passkey."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)
            note_removed(self.request.user, Authenticator.Type.WEBAUTHN, self.request.user)
        return response
