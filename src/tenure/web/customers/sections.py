"""The sections of the customer page, which its navigation leads to."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tenure.ui.text import Text

#: (anchor, name), in the order of the page.
SECTIONS: Final[tuple[tuple[str, Text], ...]] = (
    ("overview", _("Overview")),
    ("use", _("Use")),
    ("people", _("Users and contacts")),
    ("cards", _("Profile cards")),
    ("records", _("Tickets and more")),
    ("timeline", _("Timeline")),
    ("events", _("Events")),
    ("place", _("Group and ids")),
)
