"""Setting a sync up, and changing it: its source is asked before anything is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.imports.columns import Mapped
from tenure.imports.kinds.all import KINDS
from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.errors import BadSync, NotNow
from tenure.integrations.forgetting import without_samples
from tenure.integrations.integration import Asked, Integration
from tenure.integrations.looking import look_at
from tenure.integrations.models import Sync
from tenure.integrations.owning import own_fields
from tenure.integrations.runs import ACTIVE, next_run, settle, subject
from tenure.integrations.sealing import seal, unseal
from tenure.lib import clock
from tenure.people.models import Member

ADDED = verb("sync.added", gettext_lazy("{by} set up the sync {subject}"), on_timeline=False)
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


def add(draft: Draft, actor: Member | None) -> Sync:
    """Keeps a sync once its source has answered; it runs when its columns are chosen.

    Raises BadSync, SourceFailed or BadImport; then nothing is kept.
    """
    sync = Sync(created_by=actor, created_at=clock.now(), language=get_language() or "")
    _fill(sync, draft)
    sync.mapping = {}
    try:
        with transaction.atomic():
            sync.save()
            record(ADDED, actor, subject=subject(sync), detail={"integration": sync.integration, "kind": sync.kind})
    except IntegrityError:
        raise _taken() from None
    return sync


def change(sync: Sync, draft: Draft, actor: Member) -> None:
    """Changes all but what a row is. What is asked for changed: the next run fetches everything again. Raises as add.

    The columns have to be chosen again where the mapping no longer fits.
    """
    settle(sync)
    if sync.runs.filter(state__in=ACTIVE).exists():
        raise NotNow(_("It is running. Wait for its end, or stop it."))
    before, mapping = (sync.name, sync.settings, sync.cursor_column), sync.mapping
    _fill(sync, replace(draft, integration=sync.integration, kind=sync.kind))
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


def _fill(sync: Sync, draft: Draft) -> None:
    """Takes over what is asked for, when the source answers to it."""
    name, problems = draft.name.replace("\0", "").strip(), dict[str, str]()
    if not name or len(name) > 80:
        problems["name"] = _("A name of at most 80 characters is needed.")
    elif Sync.objects.filter(name=name).exclude(pk=sync.pk).exists():
        raise _taken()
    if draft.kind not in KINDS:
        problems["kind"] = _("Choose what a row is.")
    if draft.every_s is not None and not LEAST_S <= draft.every_s <= MOST_S:
        problems["every"] = _("From a minute to 31 days.")
    integration = INTEGRATIONS.get(draft.integration)
    if integration is None:
        raise BadSync({**problems, "integration": _("Choose where it comes from.")})
    parts = _parts(sync, integration, draft, problems)
    column = draft.cursor_column.strip() if integration.has_cursor else ""
    looked = look_at(integration, Asked(parts, column))
    secret = {part.key for part in integration.parts() if part.kind == "secret"}
    sync.name, sync.integration, sync.kind = name, integration.key, draft.kind
    sync.settings = {key: value for key, value in parts.items() if key not in secret}
    sync.secrets = seal({key: parts[key] for key in secret})
    sync.cursor_column, sync.locks = column, draft.locks
    sync.every_s, sync.daily_at = draft.every_s, draft.daily_at
    sync.columns = [each.as_json() for each in looked.columns]
    sync.first_rows = [list(row) for row in looked.rows]


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
