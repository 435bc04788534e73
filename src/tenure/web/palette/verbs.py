"""What the palette can do besides going somewhere: verbs of the product, of one's own settings, and of a customer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tenure.people.models import Theme
from tenure.people.permissions import Permission
from tenure.ui.text import Text
from tenure.web.palette.items import Item


@dataclass(frozen=True)
class Verb:
    """Done on the page `url_name`, in a drawer where it says so. A verb `then` goes on with the customer chosen."""

    label: Text
    icon: str
    permission: Permission
    url_name: str = ""
    drawer: bool = False
    then: str = ""


#: What goes on with a customer: the route of its drawer, which takes the account's id.
THEN: Final = {"contact": "contacts:create"}

VERBS: Final = (
    Verb(_("Log a follow-up"), "message-plus", Permission.LOG_FOLLOW_UPS, "work:log", drawer=True),
    Verb(_("Add a contact …"), "user-plus", Permission.EDIT_CONTACTS, then="contact"),
    Verb(_("Create a segment"), "circles", Permission.SAVE_SEGMENTS, "segments:create"),
    Verb(_("Import a file"), "upload", Permission.IMPORT, "imports:new"),
    Verb(_("Invite somebody"), "user-plus", Permission.MANAGE_MEMBERS, "people:invite"),
)
THEMES: Final = {
    Theme.LIGHT: (_("Light appearance"), "sun"),
    Theme.DARK: (_("Dark appearance"), "moon"),
    Theme.AUTO: (_("Appearance as the system has it"), "refresh-dot"),
}


def verbs(held: Collection[Permission], theme: str) -> Iterator[Item]:
    """What somebody with these permissions, who has the theme, may do anywhere."""
    for each in VERBS:
        if each.permission in held:
            address = reverse(each.url_name) if each.url_name else ""
            page, drawer = ("", address) if each.drawer else (address, "")
            yield Item(str(each.label), each.icon, page, drawer=drawer, then=each.then)
    for other, (label, icon) in THEMES.items():
        if other != (theme or Theme.AUTO):
            yield Item(str(label), icon, reverse("theme"), post=("theme", other.value))
    for code, name in settings.LANGUAGES:
        if code != get_language():
            yield Item(str(name), "language", reverse("language"), post=("language", code))


def verbs_of_account(held: Collection[Permission], account_id: int) -> Iterator[Item]:
    """What they may do with the customer whose page they are on, one they see."""
    if Permission.LOG_FOLLOW_UPS in held:
        yield Item(str(_("Log a follow-up here")), "message-plus", drawer=f"{reverse('work:log')}?account={account_id}")
    if Permission.EDIT_CONTACTS in held:
        yield Item(str(_("Add a contact here")), "user-plus", drawer=reverse("contacts:create", args=[account_id]))
    if Permission.ARRANGE_ACCOUNTS in held:
        yield Item(
            str(_("Merge another customer into this one")), "arrow-merge", reverse("customers:merge", args=[account_id])
        )
