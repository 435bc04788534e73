"""A segment as a form sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenure.core.document import BadDocument
from tenure.people.models import Member
from tenure.people.permissions import Permission, allows
from tenure.segments.catalogue import Catalogue
from tenure.segments.models import Segment, Sharing, View
from tenure.segments.reading import read_text
from tenure.segments.saving import Draft
from tenure.ui.text import Text
from tenure.web.segments.editor import compact
from tenure.web.segments.problems import problem_words

EVERYONE = '{"version":1,"all":[]}'


class BadForm(ValueError):
    """The condition of a form cannot be used; `path` says where it is wrong."""

    def __init__(self, problem: str, path: str) -> None:
        super().__init__(problem)
        self.path = path


@dataclass(frozen=True)
class Form:
    """What was typed; `condition` is JSON text."""

    name: str = ""
    description: str = ""
    sharing: str = Sharing.PRIVATE.value
    condition: str = EVERYONE

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Form":
        return cls(
            name=data.get("name", ""),
            description=data.get("description", ""),
            sharing=data.get("sharing", Sharing.PRIVATE.value),
            condition=data.get("condition", "") or EVERYONE,
        )

    @classmethod
    def of(cls, segment: Segment) -> "Form":
        return cls(segment.name, segment.description, segment.sharing, compact(segment.condition))

    def draft(self, catalogue: Catalogue) -> Draft:
        """Raises BadForm."""
        try:
            node = read_text(self.condition, catalogue.fields)
        except BadDocument as error:
            raise BadForm(problem_words(error), error.path) from None
        if self.sharing not in Sharing.values:
            raise BadForm(_("Choose who sees it."), "")
        return Draft(self.name, node, self.description, Sharing(self.sharing))


def sharings(member: Member, segment: Segment | View | None = None) -> Sequence[tuple[str, Text, Text]]:
    """(value, name, what it means) of the choices a member has for a segment or a view."""
    choices: list[tuple[str, Text, Text]] = []
    if segment is None or segment.owner_id == member.pk:
        choices.append((Sharing.PRIVATE.value, _("Only me"), _("Nobody else sees it.")))
    team = _("Your department, and those who see your customers.")
    choices.append((Sharing.TEAM.value, _("My team"), team))
    if allows(member, Permission.SHARE_SEGMENTS) or (segment and segment.sharing == Sharing.ALL):
        choices.append((Sharing.ALL.value, Sharing.ALL.label, _("Each with the customers they may see.")))
    return choices
