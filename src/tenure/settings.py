"""Django's settings, all taken from config.Config."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from tenure import config as _config

CONFIG = _config.read()
PACKAGE = Path(__file__).parent

SECRET_KEY = _config.secret_key(CONFIG)
DEBUG = CONFIG.debug
ALLOWED_HOSTS = [host.strip() for host in CONFIG.allowed_hosts.split(",") if host.strip()]
if CONFIG.base_url:
    _base = urlsplit(CONFIG.base_url)
    ALLOWED_HOSTS += [_base.hostname or ""]
    CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _base.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "tenure.ui",
    "tenure.remembered",
    "tenure.activity",
    "tenure.people",
    "tenure.accounts",
    "tenure.events",
    "tenure.health",
    "tenure.segments",
    "tenure.work",
    "tenure.records",
    "tenure.imports",
    "tenure.integrations",
    "tenure.privacy",
    "tenure.jobs",
    "tenure.exports",
    "tenure.upkeep",
    "tenure.api",
    "tenure.web",
]

MIDDLEWARE = [
    "tenure.web.middleware.client_address.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "tenure.web.middleware.content_policy.ContentPolicy",
    "tenure.api.frame.ApiFrame",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tenure.web.middleware.sessions.Sessions",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenure.web.middleware.member_language.MemberLanguage",
    "tenure.web.middleware.first_run.FirstRun",
    "tenure.web.middleware.reading_once.ReadingOnce",
    "tenure.web.middleware.warehouse_away.WarehouseAway",
    "tenure.web.errors.MethodRefused",
]

ROOT_URLCONF = "tenure.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tenure.web.shell.shell",
            ],
            "builtins": ["tenure.ui.templatetags.quick"],
            "libraries": {"i18n": "tenure.ui.templatetags.quick"},
        },
    }
]
SILENCED_SYSTEM_CHECKS = ["templates.W003"]  # "i18n" is our own on purpose: it remembers


def _databases() -> dict[str, dict[str, object]]:
    if not CONFIG.database_url:
        pragmas = (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
            "PRAGMA cache_size=-16384;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
        )
        return {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": CONFIG.sqlite_path,
                # IMMEDIATE: a transaction that reads and then writes never fails with "database is locked".
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
                "CONN_MAX_AGE": None,
            }
        }
    url = urlsplit(CONFIG.database_url)
    options = dict(parse_qsl(url.query))  # sslmode, sslrootcert …
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": options.pop("host", url.hostname or ""),  # ?host=/folder is a Unix socket
            "PORT": str(url.port or ""),
            "OPTIONS": options,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    }


DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "tenure.web.people.forms.SignInForm",
    "change_password": "tenure.web.people.forms.NewPasswordForm",
    "reset_password": "tenure.web.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "tenure.web.people.forms.ResetPasswordForm",
    "reauthenticate": "tenure.web.people.forms.ConfirmForm",
}
ACCOUNT_ADAPTER = "tenure.people.login.LoginAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "invitation": "10/m/ip",
}
# The counts behind these limits are shared by all processes.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_counted"}}
PASSWORD_RESET_TIMEOUT = 86400

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from invitations
MFA_TOTP_ISSUER = "Tenure"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "tenure.web.people.second_factor_forms.CodeForm",
    "reauthenticate": "tenure.web.people.second_factor_forms.ConfirmCodeForm",
    "activate_totp": "tenure.web.people.second_factor_forms.TurnOnForm",
    "add_webauthn": "tenure.web.people.second_factor_forms.PasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "tenure.people.single_sign_on.SingleSignOn"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the content policy lets no form lead to the provider
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": CONFIG.oidc_name,
                "client_id": CONFIG.oidc_client_id,
                "secret": CONFIG.oidc_secret,
                "settings": {"server_url": CONFIG.oidc_url},
            }
        ]
        if CONFIG.oidc_url
        else [],
    }
}


def _mail() -> dict[str, object]:
    if not CONFIG.mail_url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    url = urlsplit(CONFIG.mail_url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or {"smtps": 465, "smtp+tls": 587}.get(url.scheme, 25),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": CONFIG.mail_from or "tenure@localhost",
    }


globals().update(_mail())

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["tenure.web.formats"]
USE_TZ = True
TIME_ZONE = CONFIG.time_zone
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "static"
WHITENOISE_USE_FINDERS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[A-Z0-9]{8}\.\w+$"
SESSION_COOKIE_AGE = CONFIG.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
