"""What is wrong with a condition, in the person's language: the core says it in English."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.core.document import BadDocument
from tenure.ui.text import Text

#: What the editor makes possible; anything else comes from documents written by hand, and stays English.
_SAID: Sequence[tuple[re.Pattern[str], Text]] = [
    (re.compile(each), said)
    for each, said in (
        (r"must be a number\.", gettext_lazy("A number is missing here.")),
        (
            r"must be a whole number from (?P<low>\S+) to (?P<high>\S+)\.",
            gettext_lazy("This must be a whole number from %(low)s to %(high)s."),
        ),
        (r"must be a whole number\.", gettext_lazy("This must be a whole number.")),
        (
            r"must be between (?P<low>\S+) and (?P<high>\S+)\.",
            gettext_lazy("This must be between %(low)s and %(high)s."),
        ),
        (
            r"must lie between (?P<low>\S+) and (?P<high>\S+)\.",
            gettext_lazy("This must lie between %(low)s and %(high)s."),
        ),
        (
            r"must be text of 1 to (?P<most>\S+) characters\.",
            gettext_lazy("A text of 1 to %(most)s characters, please."),
        ),
        (r"must be a list with at least one entry\.", gettext_lazy("Name at least one.")),
        (r"must have at least one entry\.", gettext_lazy("This group is empty.")),
        (r"must have at most (?P<most>\S+) entries\.", gettext_lazy("At most %(most)s are possible here.")),
        (r"must not begin after its end\.", gettext_lazy("The first value is larger than the second.")),
        (r"must have at most two decimals\.", gettext_lazy("At most two decimals, please.")),
        (r"must be a date such as .*", gettext_lazy("A date is missing here.")),
        (r"must be one of .*", gettext_lazy("This is none of the choices. Choose again.")),
        (r"there is no field (?P<name>.*)\.", gettext_lazy("%(name)s is not there any more. Choose something else.")),
        (
            r"is \d+ levels deep; at most (?P<most>\d+)\..*",
            gettext_lazy("Groups in groups: at most %(most)s levels. Make it flatter."),
        ),
        (r"is one leaf too many; at most (?P<most>\d+)\.", gettext_lazy("At most %(most)s conditions in one.")),
        (
            r"looks back (?P<days>\S+) days in all; at most (?P<most>\S+)\.",
            gettext_lazy("This looks back %(days)s days in all; at most %(most)s are possible."),
        ),
    )
]


def problem_words(error: BadDocument) -> str:
    """The sentence for people; where it stands is the error's path."""
    for pattern, said in _SAID:
        if found := pattern.fullmatch(error.problem):
            return str(said) % found.groupdict()
    return _("This cannot be used: %(problem)s") % {"problem": error.problem}
