"""What somebody chose in the form of a hand-over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from tenure.accounts.models import AssignmentRole, Way
from tenure.lib.whole import wholes
from tenure.people.models import Member

BY_HAND = "by_hand"


@dataclass(frozen=True)
class Choice:
    """`roles` and `successors` are those chosen, `every_role` and `team` those one may choose among.

    `way` None is by hand: `by_hand` maps (role, account) to the successor chosen for it.
    """

    roles: Sequence[AssignmentRole]
    every_role: Sequence[AssignmentRole]
    successors: Sequence[Member]
    team: Sequence[Member]
    way: Way | None
    by_hand: Mapping[tuple[int, int], int]
    reason: str

    @property
    def ready(self) -> bool:
        return bool(self.roles and self.successors)

    @property
    def ways(self) -> list[tuple[str, object, bool]]:
        """(value, label, chosen) of the ways by rule."""
        return [(way.value, way.label, way == self.way) for way in Way]


def read_choice(
    post: QueryDict, roles: Sequence[AssignmentRole], team: Sequence[Member], *, every_role: bool
) -> Choice:
    """Reads `role`, `to`, `way`, `reason` and `to-ROLE-ACCOUNT`; what cannot be read is as if it were not there.

    Before anything is chosen it is every role, or the first one.
    """
    asked = set(post.getlist("role"))
    chosen = [role for role in roles if role.key in asked]
    if not chosen:
        chosen = list(roles if every_role else roles[:1])
    wanted = set(post.getlist("to"))
    successors = [member for member in team if str(member.pk) in wanted]
    way = post.get("way", "")
    return Choice(
        roles=chosen,
        every_role=roles,
        successors=successors,
        team=team,
        way=Way(way) if way in Way.values else None,
        by_hand=_by_hand(post, {member.pk for member in successors}),
        reason=post.get("reason", "").replace("\0", "").strip()[:300],
    )


def _by_hand(post: QueryDict, allowed: set[int]) -> dict[tuple[int, int], int]:
    found = {}
    for key, value in post.dict().items():
        name, *rest = key.split("-")
        numbers = wholes([*rest, str(value)])
        if name == "to" and len(numbers) == 3 and numbers[2] in allowed:
            found[numbers[0], numbers[1]] = numbers[2]
    return found
