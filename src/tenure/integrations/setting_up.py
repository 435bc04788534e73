"""Setting a sync up, and changing it: its source is asked before anything is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.imports.columns import Mapped
from tenure.imports.kinds.all import KINDS
from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.errors import BadSync, NotNow
from tenure.integrations.forgetting import without_samples
from tenure.integrations.integration import Asked, Integration
from tenure.integrations.looking import Looked, look_at
from tenure.integrations.models import Sync
from tenure.integrations.owning import own_fields
from tenure.integrations.runs import ACTIVE, next_run, settle, subject
from tenure.integrations.sealing import seal, unseal
from tenure.lib import clock
from tenure.people.models import Member

ADDED = verb("sync.added", gettext_lazy("{by} set up the sync {subject}"), on_timeline=False)
TRIED = verb("sync.tried", gettext_lazy("{by} had the source of {subject} asked"), on_timeline=False)
CHANGED = verb("sync.changed", gettext_lazy("{by} changed the sync {subject}"), on_timeline=False)

LEAST_S: Final = 60
MOST_S: Final = 31 * 86_400


@dataclass(frozen=True)
class Draft:
    """A sync as asked for. `parts` are the integration's settings; an empty secret leaves the one there is."""

    name: str
    integration: str
    kind: str
    parts: Mapping[str, str] = field(default_factory=dict)
    cursor_column: str = ""
    every_s: int | None = None
    daily_at: time | None = None
    locks: bool = True


@dataclass(frozen=True)
class Found:
    """A draft that its source answered to. `parts` have the secrets; `before` is what the sync asked for until then."""

    draft: Draft
    parts: Mapping[str, str]
    looked: Looked
    before: tuple[Any, ...]


def ask(draft: Draft, sync: Sync | None = None) -> Found:
    """Asks the source of a new sync, or of one as it is to be; keeps nothing. It may take half a minute: nothing else
    should wait for it meanwhile.

    Raises BadSync, SourceFailed, BadImport or, while the sync runs, NotNow.
    """
    if sync is None:
        sync = Sync()
    else:
        _not_running(sync)
        draft = replace(draft, integration=sync.integration, kind=sync.kind)
    problems = _problems(sync, draft)
    integration = INTEGRATIONS.get(draft.integration)
    if integration is None:
        raise BadSync({**problems, "integration": _("Choose where it comes from.")})
    parts = _parts(sync, integration, draft, problems)
    draft = replace(draft, cursor_column=draft.cursor_column.strip() if integration.has_cursor else "")
    return Found(draft, parts, look_at(integration, Asked(parts, draft.cursor_column)), _asked_for(sync))


def tell_tried(found: Found, actor: Member) -> None:
    """Writes down that somebody had a source asked, of which nothing is kept."""
    with transaction.atomic():
        integration = INTEGRATIONS[found.draft.integration]
        record(TRIED, actor, subject=Subject("sync", None, _name(found.draft)), detail={"integration": integration.key})


def add(draft: Draft, actor: Member | None) -> Sync:
    """Asks the source, and keeps the sync. Raises as ask; then nothing is kept."""
    return keep(ask(draft), actor)


def keep(found: Found, actor: Member | None) -> Sync:
    """Keeps a sync whose source has answered; it runs when its columns are chosen. Raises BadSync."""
    sync = Sync(created_by=actor, created_at=clock.now(), language=get_language() or "")
    _fill(sync, found)
    sync.mapping = {}
    try:
        with transaction.atomic():
            sync.save()
            record(ADDED, actor, subject=subject(sync), detail={"integration": sync.integration, "kind": sync.kind})
    except IntegrityError:
        raise _taken() from None
    return sync


def change(sync: Sync, draft: Draft, actor: Member) -> None:
    """Asks the source, and changes the sync: all but what a row is. Raises as ask; then nothing is changed."""
    keep_change(sync, ask(draft, sync), actor)


def keep_change(sync: Sync, found: Found, actor: Member) -> None:
    """Changes a sync whose source has answered. What is asked for changed: the next run fetches everything again.

    The columns have to be chosen again where the mapping no longer fits. Raises BadSync, and NotNow when it runs or was
    changed since its source was asked.
    """
    _not_running(sync)
    if _asked_for(sync) != found.before:
        raise NotNow(_("It was changed meanwhile. Look at it again; nothing was changed."))
    before, mapping = (sync.name, sync.settings, sync.cursor_column), sync.mapping
    _fill(sync, found)
    names = {column["name"] for column in sync.columns}
    sync.mapping = mapping if mapping and Mapped.of(mapping).used() <= names else {}
    try:
        with transaction.atomic():
            if (sync.settings, sync.cursor_column) != before[1:]:
                sync.marks.all().delete()
            own_fields(sync, called=before[0])
            sync.enabled = sync.enabled and bool(sync.mapping)
            if sync.mapping:
                without_samples(sync)
            sync.next_at = next_run(sync) if sync.enabled else None
            sync.save()
            record(CHANGED, actor, subject=subject(sync), detail={"fields": sync.owned})
    except IntegrityError:
        raise _taken() from None


def _problems(sync: Sync, draft: Draft) -> dict[str, str]:
    """What can be seen to be wrong without asking anybody, but for the settings."""
    name, problems = _name(draft), dict[str, str]()
    if not name or len(name) > 80:
        problems["name"] = _("A name of at most 80 characters is needed.")
    elif Sync.objects.filter(name=name).exclude(pk=sync.pk).exists():
        raise _taken()
    if draft.kind not in KINDS:
        problems["kind"] = _("Choose what a row is.")
    if draft.every_s is not None and not LEAST_S <= draft.every_s <= MOST_S:
        problems["every"] = _("From a minute to 31 days.")
    return problems


def _fill(sync: Sync, found: Found) -> None:
    """Takes over what is asked for."""
    draft = found.draft
    secret = {part.key for part in INTEGRATIONS[draft.integration].parts() if part.kind == "secret"}
    sync.name, sync.integration, sync.kind = _name(draft), draft.integration, draft.kind
    sync.settings = {key: value for key, value in found.parts.items() if key not in secret}
    sync.secrets = seal({key: found.parts[key] for key in secret})
    sync.cursor_column, sync.locks = draft.cursor_column, draft.locks
    sync.every_s, sync.daily_at = draft.every_s, draft.daily_at
    sync.columns = [each.as_json() for each in found.looked.columns]
    sync.first_rows = [list(row) for row in found.looked.rows]


def _name(draft: Draft) -> str:
    return draft.name.replace("\0", "").strip()


def _asked_for(sync: Sync) -> tuple[Any, ...]:
    return (sync.integration, sync.settings, sync.secrets, sync.cursor_column)


def _not_running(sync: Sync) -> None:
    settle(sync)
    if sync.runs.filter(state__in=ACTIVE).exists():
        raise NotNow(_("It is running. Wait for its end, or stop it."))


def _parts(sync: Sync, integration: Integration, draft: Draft, problems: dict[str, str]) -> dict[str, str]:
    """The settings with their secrets; raises BadSync with every problem.

    A secret that was typed for one place is not sent to another.
    """
    given, kept = dict(draft.parts), unseal(sync.secrets) if not all(_typed(integration, draft)) else {}
    parts: dict[str, str] = {}
    try:
        parts = integration.filled(given)
    except BadSync as bad:
        problems |= bad.problems
    for part in integration.parts():
        if parts and part.kind == "secret" and not parts[part.key] and kept.get(part.key):
            if any(parts.get(key) != sync.settings.get(key) for key in integration.place):
                problems[part.key] = _("Type it again: it was given for another place.")
            parts[part.key] = kept[part.key]
    if problems:
        raise BadSync(problems)
    return parts


def _typed(integration: Integration, draft: Draft) -> list[bool]:
    return [bool(draft.parts.get(part.key)) for part in integration.parts() if part.kind == "secret"]


def _taken() -> BadSync:
    return BadSync({"name": _("There is a sync of this name already.")})
