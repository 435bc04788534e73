"""What a follow-up says, before it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tenure.lib.errors import TenureError
from tenure.work.models import FollowUpType, Sentiment

MOST_TEXT = 20_000  # characters of notes, and of an outcome
MOST_MINUTES = 24 * 60
MOST_PEOPLE = 100
MOST_STEPS = 20


class BadFollowUp(TenureError):
    """It cannot be written down so; `problems` names a field and says why."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True)
class Step:
    """Something promised: what, by which day, by which member (None: whoever writes it down)."""

    what: str
    due: date
    owner_id: int | None = None


@dataclass(frozen=True)
class Content:
    """One follow-up in plain values. Members took part on the vendor's side, contacts and others by name on theirs."""

    type: FollowUpType
    at: datetime
    notes: str = ""
    outcome: str = ""
    duration_minutes: int | None = None
    sentiment: Sentiment | None = None
    member_ids: tuple[int, ...] = ()
    contact_ids: tuple[int, ...] = ()
    customer_names: tuple[str, ...] = ()
    next_steps: tuple[Step, ...] = field(default=())

    def check(self, now: datetime) -> None:
        """Raises BadFollowUp with every problem there is."""
        problems = {}
        if self.at > now + timedelta(hours=1):
            problems["at"] = _("A follow-up tells of what has happened. For what is to come add a next step.")
        if not (self.notes or self.outcome):
            problems["notes"] = _("Write a few words about what happened.")
        if len(self.notes) > MOST_TEXT:
            problems["notes"] = _(
                "These notes have %(count)d characters; %(most)d are the most. Attach them instead."
            ) % {
                "count": len(self.notes),
                "most": MOST_TEXT,
            }
        if len(self.outcome) > MOST_TEXT:
            problems["outcome"] = _("The outcome is too long.")
        if self.duration_minutes is not None and not 0 < self.duration_minutes <= MOST_MINUTES:
            problems["duration"] = _("Minutes, from 1 to %(most)d.") % {"most": MOST_MINUTES}
        if len(self.member_ids) + len(self.contact_ids) + len(self.customer_names) > MOST_PEOPLE:
            problems["with"] = _("More than %(most)d people cannot be named.") % {"most": MOST_PEOPLE}
        if len(self.next_steps) > MOST_STEPS or any(not 0 < len(step.what) <= 500 for step in self.next_steps):
            problems["next"] = _("A next step has up to 500 characters, a follow-up up to 20 steps.")
        if problems:
            raise BadFollowUp(problems)
