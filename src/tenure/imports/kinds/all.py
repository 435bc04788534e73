"""Every kind of import there is."""

from typing import Final

from tenure.imports.errors import BadImport
from tenure.imports.kinds.accounts import Accounts
from tenure.imports.kinds.contacts import Contacts
from tenure.imports.kinds.events import Events
from tenure.imports.kinds.follow_ups import FollowUps
from tenure.imports.kinds.kind import Kind
from tenure.imports.kinds.metric_values import MetricValues
from tenure.imports.kinds.opportunities import Opportunities
from tenure.imports.kinds.owners import Owners
from tenure.imports.kinds.survey_answers import SurveyAnswers
from tenure.imports.kinds.tickets import Tickets
from tenure.imports.kinds.users import Users

KINDS: Final[dict[str, Kind]] = {
    kind.key: kind
    for kind in (
        Accounts(),
        Contacts(),
        Users(),
        Owners(),
        FollowUps(),
        Tickets(),
        SurveyAnswers(),
        Opportunities(),
        MetricValues(),
        Events(),
    )
}


def kind_named(key: str) -> Kind:
    """The kind; raises BadImport."""
    try:
        return KINDS[key]
    except KeyError:
        raise BadImport(f"There is no kind {key!r} of import. Kinds are {', '.join(KINDS)}.") from None
