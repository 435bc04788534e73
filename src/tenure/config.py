"""Every setting of a Tenure process: one environment variable each, with a safe default."""

import os
import secrets
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tenure.lib.addresses import Network, networks
from tenure.lib.errors import TenureError


class BadSetting(TenureError):
    """An environment variable holds a value Tenure cannot use. The message names it and says what to write."""


def _setting(env: str, default: str, help: str) -> Any:
    return field(metadata={"env": env, "default": default, "help": help})


@dataclass(frozen=True)
class Config:
    """Values as read from the environment; sizes in bytes, times in seconds unless the name says otherwise."""

    data: Path = _setting("TENURE_DATA", "tenure-data", "Folder that holds everything Tenure keeps.")
    host: str = _setting("TENURE_HOST", "127.0.0.1", "Address the server listens on.")
    port: int = _setting("TENURE_PORT", "8000", "Port the server listens on.")
    base_url: str = _setting(
        "TENURE_BASE_URL",
        "",
        "Public address, as SDKs and mails should name it. Empty: taken from the request.",
    )
    allowed_hosts: str = _setting(
        "TENURE_ALLOWED_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "Host names pages are served for, comma separated.",
    )
    database_url: str = _setting(
        "TENURE_DATABASE_URL",
        "",
        "postgresql://user:password@host:port/name. Empty: SQLite in the data folder.",
    )
    warehouse_url: str = _setting(
        "TENURE_WAREHOUSE_URL",
        "",
        "clickhouse://user:password@host:port/name. Empty: DuckDB in the data folder.",
    )
    secret_key: str = _setting("TENURE_SECRET_KEY", "", "Signs sessions. Empty: made once and kept in the data folder.")
    time_zone: str = _setting(
        "TENURE_TIME_ZONE",
        "UTC",
        "The workspace's time zone: a day is a day there. Changing it needs a rebuild.",
    )
    language: str = _setting("TENURE_LANGUAGE", "en", "Language before a person chose one: en or zh-hans.")
    debug: bool = _setting("TENURE_DEBUG", "0", "1 shows error details in the browser. Never in production.")
    log_level: str = _setting("TENURE_LOG_LEVEL", "info", "debug, info, warning or error.")
    web_threads: int = _setting("TENURE_WEB_THREADS", "8", "Threads that serve pages.")
    max_body: int = _setting("TENURE_MAX_BODY", str(2 * 2**20), "Largest request body of events as received, in bytes.")
    max_decoded: int = _setting(
        "TENURE_MAX_DECODED", str(10 * 2**20), "Largest request body of events once unpacked, in bytes."
    )
    inbox_max_backlog: int = _setting(
        "TENURE_INBOX_MAX_BACKLOG",
        str(20_000),
        "Bodies waiting to be loaded at which new ones get 503 with Retry-After.",
    )
    inbox_keep_days: int = _setting(
        "TENURE_INBOX_KEEP_DAYS", "30", "Days a loaded and backed-up body stays in the inbox at least."
    )
    quarantine_days: int = _setting("TENURE_QUARANTINE_DAYS", "90", "Days a refused item stays in the quarantine.")
    min_free_disk: int = _setting(
        "TENURE_MIN_FREE_DISK", str(200 * 2**20), "Free bytes on the data disk below which events get 503."
    )
    session_idle_hours: int = _setting(
        "TENURE_SESSION_IDLE_HOURS", "3", "Hours without use after which a member is signed out."
    )
    session_hours: int = _setting("TENURE_SESSION_HOURS", "12", "Hours after which a member is signed out in any case.")
    invitation_days: int = _setting("TENURE_INVITATION_DAYS", "7", "Days for which the link of an invitation works.")
    mail_url: str = _setting(
        "TENURE_MAIL_URL",
        "",
        "smtp://user:password@host:port, smtps:// or smtp+tls://. Empty: no mail; links are shown to copy.",
    )
    mail_from: str = _setting("TENURE_MAIL_FROM", "", "Sender of mails, like Tenure <tenure@example.com>.")
    trusted_proxies: str = _setting(
        "TENURE_TRUSTED_PROXIES",
        "",
        "Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are believed, comma separated.",
    )
    oidc_url: str = _setting(
        "TENURE_OIDC_URL", "", "Address of the OpenID Connect provider (its issuer). Empty: no single sign-on."
    )
    oidc_client_id: str = _setting("TENURE_OIDC_CLIENT_ID", "", "Tenure's client id at the provider.")
    oidc_secret: str = _setting("TENURE_OIDC_SECRET", "", "Tenure's client secret at the provider.")
    oidc_name: str = _setting("TENURE_OIDC_NAME", "Single sign-on", "What the button on the sign-in page says.")
    attachment_mb: int = _setting("TENURE_ATTACHMENT_MB", "10", "Largest file of a follow-up, in megabytes (MiB).")
    import_mb: int = _setting("TENURE_IMPORT_MB", "1024", "Largest file that is imported, in megabytes (MiB).")
    export_mb: int = _setting("TENURE_EXPORT_MB", "1024", "Largest file that an export makes, in megabytes (MiB).")
    export_days: int = _setting("TENURE_EXPORT_DAYS", "7", "Days for which a file made in the background is kept.")
    api_per_minute: int = _setting(
        "TENURE_API_PER_MINUTE", "600", "Requests an API token may make in a minute; more get 429 with Retry-After."
    )
    sync_folders: str = _setting(
        "TENURE_SYNC_FOLDERS", "", "Folders on this server whose files syncs may read, comma separated. Empty: none."
    )
    sync_hosts: str = _setting(
        "TENURE_SYNC_HOSTS",
        "",
        "Hosts in private networks that syncs may connect to: names, addresses or networks, comma separated.",
    )
    refresh_seconds: int = _setting("TENURE_REFRESH_SECONDS", "300", "How often today's numbers are computed again.")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def proxies(self) -> tuple[Network, ...]:
        return networks(self.trusted_proxies)

    @property
    def sqlite_path(self) -> Path:
        return self.data / "tenure.sqlite3"

    @property
    def inbox_path(self) -> Path:
        return self.data / "inbox.sqlite3"

    @property
    def warehouse_path(self) -> Path:
        return self.data / "warehouse.duckdb"

    @property
    def files_path(self) -> Path:
        return self.data / "files"

    @property
    def imports_path(self) -> Path:
        return self.data / "imports"

    @property
    def exports_path(self) -> Path:
        return self.data / "exports"

    @property
    def backups_path(self) -> Path:
        return self.data / "backups"


def read(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> Config:
    """Reads every setting; raises BadSetting with the variable's name when one cannot be used."""
    values: dict[str, Any] = {}
    for each in fields(Config):
        env, default = each.metadata["env"], each.metadata["default"]
        values[each.name] = _parse(env, environ.get(env, default), each.type)
    config = Config(**values)
    try:
        _ = config.zone
    except Exception as error:
        raise BadSetting(
            f"TENURE_TIME_ZONE={config.time_zone!r} is no known time zone; write one like Europe/Berlin."
        ) from error
    try:
        _ = config.proxies
    except ValueError as error:
        raise BadSetting(f"TENURE_TRUSTED_PROXIES: {error}. Write addresses like 10.0.0.4, 192.168.0.0/16.") from error
    if config.session_hours < 1 or config.session_idle_hours < 1 or config.invitation_days < 1:
        raise BadSetting("Sessions last at least 1 hour, and invitations 1 day. See docs/operating/settings.md.")
    return config


def _parse(env: str, text: str, kind: Any) -> Any:
    if kind is int:
        try:
            number = int(text)
        except ValueError:
            raise BadSetting(f"{env}={text!r} is not a whole number.") from None
        if number < 0:
            raise BadSetting(f"{env}={text!r} must not be negative.")
        return number
    if kind is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    if kind is Path:
        return Path(text).expanduser().resolve()
    return text.strip()


def secret_key(config: Config) -> str:
    """The signing key: the setting, else one made once and kept in the data folder, readable by its owner only."""
    if config.secret_key:
        return config.secret_key
    path = config.data / "secret_key"
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()
