"""The first owner of a fresh installation, and who may make them.

A fresh installation that the network can reach belongs to whoever finds it first. So the page that creates the owner
opens to this machine itself, and to others only with a one-time key that the server prints when it starts.
"""

import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.people.models import FirstRun, Member, Role

OWNER_MADE = verb("owner.made", gettext_lazy("{subject} became an owner"), False)

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


class AlreadySetUp(Exception):
    """A member exists: there is no first owner to make."""


def is_fresh() -> bool:
    """True until a member exists."""
    return not Member.objects.exists()


def create_first_owner(*, email: str, password: str, name: str, language: str, now: datetime) -> Member:
    """Makes the owner; of two at the same moment one wins and the other gets AlreadySetUp."""
    try:
        with transaction.atomic():
            run = FirstRun.objects.create(at=now)
            if not is_fresh():
                raise AlreadySetUp
            run.owner = create_owner(email=email, password=password, name=name, language=language)
            run.save(update_fields=["owner"])
            return run.owner
    except IntegrityError as error:
        raise AlreadySetUp from error


def create_owner(*, email: str, password: str, name: str = "", language: str = "") -> Member:
    """Adds an owner; django.db.IntegrityError when the e-mail address is a member's already."""
    with transaction.atomic():
        owner = Member.objects.create_user(email, password, name=name, language=language, role=Role.OWNER)
        record(OWNER_MADE, None, subject=Subject("member", owner.pk, str(owner)))
    return owner


def key(data: Path) -> str:
    """The one-time key, made once and kept in the data folder, readable by its owner only."""
    path = _key_path(data)
    data.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    except FileExistsError:
        pass
    return path.read_text().strip()


def forget_key(data: Path) -> None:
    """Takes the key away once the owner exists."""
    _key_path(data).unlink(missing_ok=True)


def invitation(url: str, data: Path) -> str:
    """What the server says at the start of a fresh installation: where to go, from here and from elsewhere."""
    return f"Create the owner at {url}/welcome/ on this machine, or from another one at {url}/welcome/?key={key(data)}"


def may_set_up(meta: Mapping[str, str], given_key: str, data: Path) -> bool:
    """True for a request of this machine that came through no proxy, and for one that brings the key."""
    return _from_this_machine(meta) or secrets.compare_digest(given_key.encode(), key(data).encode())


def _from_this_machine(meta: Mapping[str, str]) -> bool:
    if any(meta.get(header) for header in _FORWARDED):
        return False
    try:
        return ip_address(meta.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _key_path(data: Path) -> Path:
    return data / "first-run-key"
