"""Addresses of first run, sign-in, and what people set for themselves."""

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from tenure.web.people import second_factor, sessions
from tenure.web.people.join import join
from tenure.web.people.preferences import language, preferences, theme
from tenure.web.people.welcome import welcome

urlpatterns = [
    path("welcome/", welcome, name="welcome"),
    path("invitation/<str:key>/", join, name="join"),
    path("login/", allauth.login, name="account_login"),
    path("login/confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("login/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("login/failed/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/forgotten/", allauth.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("two-factor/", mfa.index, name="mfa_index"),
    path("two-factor/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("two-factor/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("two-factor/totp/activate/", second_factor.TurnOn.as_view(), name="mfa_activate_totp"),
    path("two-factor/totp/deactivate/", second_factor.TurnOff.as_view(), name="mfa_deactivate_totp"),
    path("two-factor/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("two-factor/recovery-codes/new/", second_factor.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("two-factor/recovery-codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("two-factor/webauthn/add/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("two-factor/webauthn/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("two-factor/webauthn/confirm/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(
        "two-factor/webauthn/keys/<int:pk>/remove/", second_factor.RemovePasskey.as_view(), name="mfa_remove_webauthn"
    ),
    path("sessions/", sessions.index, name="sessions"),
    path("sessions/others/end/", sessions.end_others, name="sessions_end_others"),
    path("sessions/<int:session_id>/end/", sessions.end, name="session_end"),
    path("preferences/", preferences, name="preferences"),
    path("preferences/language/", language, name="language"),
    path("preferences/theme/", theme, name="theme"),
]
