"""Who was in charge when, as another system knows it: spans of the past and of now, many at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.accounts.assignments.fitting import Fit, Fitted, Span, fit
from tenure.accounts.models import Assignment, AssignmentChange, AssignmentRole
from tenure.activity import naming
from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.lib import clock
from tenure.lib.bulk import insert_rows, set_values
from tenure.people.models import Member

IMPORTED = verb(
    "assignment.imported",
    gettext_lazy("{by} imported who is in charge as {role}: {after}"),
    words={"role": naming.said},
    keeps=False,
)


class GivenSpan(NamedTuple):
    """A span of one account in a role."""

    account_id: int
    role_id: int
    span: Span


def compare_spans(given: Sequence[GivenSpan]) -> list[Fitted]:
    """What keep_spans would do with each, in their order. Writes nothing."""
    return _compare(given)[0]


def keep_spans(given: Sequence[GivenSpan], actor: Member | None, reason: str) -> AssignmentChange:
    """Writes down those that fit, and ends what ends by them, as one change that verbs.undo takes back.

    Giving the same again changes nothing.
    """
    with transaction.atomic():
        fitted, ending = _compare(given)
        now = clock.now()
        change = AssignmentChange.objects.create(by=actor, at=now, recorded_at=now, reason=reason[:300])
        new = [(each, found.span) for each, found in zip(given, fitted, strict=True) if found.fit is Fit.NEW]
        insert_rows(
            Assignment,
            ("account", "role", "member", "since", "until", "began", "ended"),
            [
                (g.account_id, g.role_id, s.member_id, s.since, s.until, change.pk, change.pk if s.until else None)
                for g, s in new
            ],
        )
        set_values(Assignment, ("until", "ended"), [(each.row, each.until, change.pk) for each in ending])
        changed = [each for each, found in zip(given, fitted, strict=True) if found.fit in (Fit.NEW, Fit.ENDS)]
        if changed:
            record(IMPORTED, actor, by=reason, accounts=_told(changed), detail={"reason": reason})
    return change


def _compare(given: Sequence[GivenSpan]) -> tuple[list[Fitted], list[Span]]:
    held = _held(given)
    several = dict(AssignmentRole.objects.values_list("pk", "several"))
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, each in enumerate(given):
        places[each.account_id, each.role_id].append(number)
    found: dict[int, Fitted] = {}
    ending: list[Span] = []
    for place, numbers in places.items():
        spans = [given[number].span for number in numbers]
        fitted, ended = fit(held.get(place, []), spans, several=several[place[1]])
        found.update(zip(numbers, fitted, strict=True))
        ending += ended
    return [found[number] for number in range(len(given))], ending


def _held(given: Sequence[GivenSpan]) -> dict[tuple[int, int], list[Span]]:
    rows = Assignment.objects.filter(
        account_id__any_of={each.account_id for each in given}, role_id__any_of={each.role_id for each in given}
    )
    held: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for each in rows.order_by("since", "pk"):
        held[each.account_id, each.role_id].append(Span(each.member_id, each.since, each.until, each.pk))
    return held


def _told(changed: Sequence[GivenSpan]) -> Mapping[int, Mapping[str, object]]:
    """For each account its roles and who is told of, in the order of their days."""
    names = {pk: name or email for pk, name, email in Member.objects.values_list("pk", "name", "email")}
    roles = AssignmentRole.objects.in_bulk({each.role_id for each in changed})
    by_account: dict[int, list[GivenSpan]] = defaultdict(list)
    for each in sorted(changed, key=lambda each: each.span.since):
        by_account[each.account_id].append(each)
    return {
        account_id: {
            "role": naming.told(roles[key] for key in dict.fromkeys(each.role_id for each in some)),
            "after": ", ".join(dict.fromkeys(names[each.span.member_id] for each in some)),
        }
        for account_id, some in by_account.items()
    }
