"""What is done with sources and their write keys."""

import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.events import keys
from tenure.events.models import Source, WriteKey
from tenure.lib import clock
from tenure.lib.errors import TenureError
from tenure.people.models import Member

CONNECTED = verb("source.connected", gettext_lazy("{by} connected the source {subject}"), False)
RENAMED = verb("source.renamed", gettext_lazy("{by} renamed the source {before} to {after}"), False)
ATTRIBUTED = verb("source.attributed", gettext_lazy("{by} changed how {subject} names its accounts"), False)
ARCHIVED = verb("source.archived", gettext_lazy("{by} archived the source {subject}"), False)
KEY_ADDED = verb("write_key.added", gettext_lazy("{by} made a new write key of {subject}"), False)
KEY_REVOKED = verb("write_key.revoked", gettext_lazy("{by} revoked a write key of {subject}"), False)

_MIN_KEY, _MAX_KEY = 8, 100
_MAX_NAME = 120


class BadSource(TenureError):
    """A name or a setting of a source cannot be used."""


class BadKey(TenureError):
    """A write key cannot be used, or is not in use any more."""


def create_source(name: str, actor: Member | None, key: str | None = None) -> Source:
    """Makes a source with its first write key; a random one unless `key` is given. Raises BadSource, BadKey."""
    with transaction.atomic():
        source = Source(name=_good_name(name), created_by=actor)
        _save(source)
        _add_key(source, actor, key)
        record(CONNECTED, actor, subject=_subject(source))
    return source


def rename(source: Source, name: str, actor: Member) -> None:
    """Raises BadSource when the name is empty, too long or taken."""
    with transaction.atomic():
        before, source.name = source.name, _good_name(name)
        _save(source, ["name"])
        record(RENAMED, actor, subject=_subject(source), detail={"before": before, "after": source.name})


def set_attribution(source: Source, account_properties: Sequence[str], group_type: str, actor: Member) -> None:
    """Which properties, in this order, and which of an SDK's groups name the account of an event."""
    if any(len(name) > 200 for name in account_properties) or len(account_properties) > 20:
        raise BadSource(_("Give at most 20 properties of at most 200 characters."))
    if len(group_type) > 60:
        raise BadSource(_("A group type has at most 60 characters."))
    with transaction.atomic():
        before = _attribution(source)
        source.account_properties, source.group_type = list(account_properties), group_type
        source.save(update_fields=["account_properties", "group_type"])
        detail = {"before": before, "after": _attribution(source)}
        record(ATTRIBUTED, actor, subject=_subject(source), detail=detail)


def rotate_key(source: Source, actor: Member) -> WriteKey:
    """Adds a new key; the old ones work until they are revoked."""
    if source.archived_at is not None:
        raise BadSource(_("The source is archived; it takes no events."))
    with transaction.atomic():
        made = _add_key(source, actor, None)
        record(KEY_ADDED, actor, subject=_subject(source), detail={"key": made.pk})
    return made


def revoke_key(key: WriteKey, actor: Member) -> None:
    """Events sent with the key are refused from now on. Raises BadKey when it is revoked already."""
    with transaction.atomic():
        revoked = WriteKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=clock.now(), revoked_by=actor)
        if not revoked:
            raise BadKey(_("The key is revoked already."))
        record(KEY_REVOKED, actor, subject=_subject(key.source), detail={"key": key.pk})
        transaction.on_commit(keys.forget)


def archive(source: Source, actor: Member) -> None:
    """Takes a source out of use: its keys are revoked, its events stay."""
    with transaction.atomic():
        now = clock.now()
        source.keys.filter(revoked_at=None).update(revoked_at=now, revoked_by=actor)
        if Source.objects.filter(pk=source.pk, archived_at=None).update(archived_at=now):
            record(ARCHIVED, actor, subject=_subject(source))
        transaction.on_commit(keys.forget)
    source.refresh_from_db()


def _subject(source: Source) -> Subject:
    return Subject("source", source.pk, source.name)


def _attribution(source: Source) -> dict[str, object]:
    return {"properties": list(source.account_properties), "group_type": source.group_type}


def _good_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _MAX_NAME:
        raise BadSource(_("Give the source a name of 1 to %(most)d characters.") % {"most": _MAX_NAME})
    return name


def _save(source: Source, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            source.save(update_fields=fields)
    except IntegrityError:
        raise BadSource(_("There is a source named %(name)s already.") % {"name": source.name}) from None


def _add_key(source: Source, actor: Member | None, key: str | None) -> WriteKey:
    text = key if key is not None else f"tn_{secrets.token_hex(16)}"
    if not (_MIN_KEY <= len(text) <= _MAX_KEY and text.isascii() and text.isprintable() and not set(text) & set(" :")):
        raise BadKey(
            _("A write key has %(least)d to %(most)d printable ASCII characters, without spaces and colons.")
            % {"least": _MIN_KEY, "most": _MAX_KEY}
        )
    try:
        with transaction.atomic():
            transaction.on_commit(keys.forget)
            return WriteKey.objects.create(source=source, key=text, created_by=actor)
    except IntegrityError:
        raise BadKey(_("This write key is in use already.")) from None
