"""Syncs as programs write them."""

from dataclasses import replace
from datetime import time
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field

from tenure.api.asked import Body, Text, Word
from tenure.api.errors import Refusal
from tenure.integrations.all import INTEGRATIONS
from tenure.integrations.integration import Integration
from tenure.integrations.models import Sync
from tenure.integrations.setting_up import LEAST_S, MOST_S, Draft

Name = Annotated[Text, Field(min_length=1, max_length=80)]
Column = Annotated[Text, Field(max_length=200, description="Rows from its last value on are fetched; all when empty.")]
Settings = Annotated[
    dict[Word, Annotated[Text, Field(max_length=20_000)]],
    Field(max_length=50, description="As the integration asks for; secrets are never told again."),
]
Every = Annotated[int | None, Field(ge=LEAST_S, le=MOST_S, description="It runs every so many seconds.")]
Daily = Annotated[
    str | None, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="It runs daily at this time, like 06:30.")
]
Locks = Annotated[bool, Field(description="The customer fields it writes are locked for everybody else.")]


class SyncSent(Body):
    """Of `every_s` and `daily_at` one is given, or none: then it runs only when asked."""

    name: Name
    integration: Annotated[Word, Field(description="The key of an integration.")]
    kind: Annotated[Word, Field(description="What a row is: the key of a kind of files.")]
    settings: Settings
    cursor_column: Column = ""
    every_s: Every = None
    daily_at: Daily = None
    locks: Locks = True

    def draft(self) -> Draft:
        """Raises Refusal."""
        integration = INTEGRATIONS.get(self.integration)
        if integration is None:
            raise Refusal(422, _("Choose where it comes from."), path="body.integration")
        _check_settings(integration, self.settings)
        return Draft(
            name=self.name,
            integration=self.integration,
            kind=self.kind,
            parts=self.settings,
            cursor_column=self.cursor_column,
            locks=self.locks,
            **_when(self.every_s, self.daily_at),
        )


class SyncChanged(Body):
    """What is left out stays as it is, each setting too; a secret that is left out stays unless where it is sent to
    changes. A time of its own takes the place of the one before.
    """

    name: Name = ""
    settings: Settings = {}
    cursor_column: Column = ""
    every_s: Every = None
    daily_at: Daily = None
    locks: Locks = True

    def draft(self, sync: Sync) -> Draft:
        """The sync as it is to be. Raises Refusal."""
        _check_settings(INTEGRATIONS[sync.integration], self.settings)
        given = self.given()
        schedule: dict[str, Any] = {"every_s": sync.every_s, "daily_at": sync.daily_at}
        if given.keys() & schedule.keys():
            schedule = _when(self.every_s, self.daily_at)
        before = Draft(sync.name, sync.integration, sync.kind, cursor_column=sync.cursor_column, locks=sync.locks)
        plain = {name: given[name] for name in ("name", "cursor_column", "locks") if name in given}
        return replace(before, **plain, **schedule, parts={**sync.settings, **self.settings})


def _when(every_s: int | None, daily_at: str | None) -> dict[str, Any]:
    if every_s is not None and daily_at is not None:
        raise Refusal(422, _("It runs every so often or daily at a time, not both."), path="body.daily_at")
    return {"every_s": every_s, "daily_at": None if daily_at is None else time.fromisoformat(daily_at)}


def _check_settings(integration: Integration, given: dict[str, str]) -> None:
    """A setting that is misspelt must not count as left out."""
    known = [part.key for part in integration.parts()]
    if unknown := sorted(given.keys() - set(known)):
        said = _("There is no setting “%(name)s”. Those there are: %(known)s.")
        shown = {"name": unknown[0], "known": ", ".join(known)}
        raise Refusal(422, said % shown, path=f"body.settings.{unknown[0]}")
