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
    "django_htmx",
    "tenure.ui",
    "tenure.activity",
    "tenure.people",
    "tenure.accounts",
    "tenure.events",
    "tenure.health",
    "tenure.jobs",
    "tenure.upkeep",
    "tenure.web",
    "tenure.work",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tenure.web.middleware.content_policy.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tenure.web.middleware.member_language.MemberLanguage",
    "tenure.web.middleware.first_run.FirstRun",
    "tenure.web.middleware.warehouse_away.WarehouseAway",
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
            ]
        },
    }
]


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
}
ACCOUNT_ADAPTER = "tenure.people.login.LoginAdapter"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

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
SESSION_COOKIE_AGE = 14 * 86400
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
