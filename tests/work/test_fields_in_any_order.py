"""One field, set by hand and with follow-ups that are removed and put back, in any order, beside a naive replay."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.accounts.fields.editing import set_fields
from tenure.activity.models import Activity
from tenure.lib import clock
from tenure.work.follow_ups import log_follow_up, remove_follow_up, restore_follow_up
from tests.work.conftest import NOW

values = st.sampled_from(["A", "B", None])
steps = st.one_of(
    st.tuples(st.sampled_from(["log", "set"]), values),
    st.tuples(st.sampled_from(["remove", "remove", "restore"]), st.integers(0, 2)),
)


class Said(NamedTuple):
    """From `minute` on the value is this one; it was the `number`th thing to be written."""

    minute: int
    number: int
    value: str | None


@dataclass
class Naive:
    """Everything that is said of the field; what holds from the latest minute is true."""

    said: list[Said] = field(default_factory=list)
    number: int = 0

    @property
    def true(self) -> Said:
        return max(self.said, default=Said(0, 0, None))

    def say(self, minute: int, value: str | None) -> Said:
        self.number += 1
        self.said.append(Said(minute, self.number, value))
        return self.said[-1]

    def take_away(self, one: Said) -> bool:
        """Unless what is true was said after it."""
        self.number += 1
        if one in self.said and self.true.number <= one.number:
            self.said.remove(one)
            return True
        return False


@dataclass
class Logged:
    """A follow-up, what it said, and when that was taken away."""

    follow_up: object
    said: Said | None
    gone: int = 0

    def removed(self, naive: Naive) -> None:
        self.gone = naive.number if self.said and naive.take_away(self.said) else 0

    def restored(self, naive: Naive) -> None:
        back = self.said and self.gone and naive.true.number <= self.gone
        self.said = naive.say(self.said.minute, self.said.value) if back else None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=3, max_size=8))
def test_it_is_as_a_naive_replay_says(acme, call, alice, story):
    with transaction.atomic():
        naive, logged = Naive(), []
        for minute, (verb, what) in enumerate(story, 1):
            clock.set_clock(lambda minute=minute: NOW + timedelta(minutes=minute))
            if verb in ("log", "set"):
                said = naive.say(minute, what) if what != naive.true.value else None
                if verb == "log":
                    logged.append(Logged(log_follow_up(acme, call(), actor=alice, fields={"tier": what}), said))
                else:
                    set_fields([acme], {"tier": what}, alice)
            elif what < len(logged):
                each = logged[what]
                if verb == "remove" and not each.follow_up.removed_at:
                    remove_follow_up(each.follow_up, actor=alice)
                    each.removed(naive)
                elif verb == "restore" and each.follow_up.removed_at:
                    restore_follow_up(each.follow_up, actor=alice)
                    each.restored(naive)
            acme.refresh_from_db()
            assert acme.traits.get("tier") == naive.true.value
            assert Activity.objects.filter(verb="followup.logged").count() == len(logged)
        transaction.set_rollback(True)
