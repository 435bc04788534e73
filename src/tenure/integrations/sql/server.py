"""What databases behind a host have in common."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.integrations.errors import BadSync
from tenure.integrations.integration import Part

#: Whom the password is sent to.
PLACE: Final = ("host", "port", "user", "database", "tls")


def server_parts(port: int, user: str) -> Sequence[Part]:
    """The parts of the form that say where it is."""
    return (
        Part("host", gettext_lazy("Host"), help=gettext_lazy("Private ones are opened in TENURE_SYNC_HOSTS.")),
        Part("port", gettext_lazy("Port"), "number", otherwise=str(port)),
        Part("database", gettext_lazy("Database")),
        Part("user", gettext_lazy("User"), help=gettext_lazy("One that may only read."), otherwise=user),
        Part("password", gettext_lazy("Password"), "secret", required=False),
    )


def port_of(parts: Mapping[str, str]) -> int:
    """The port; raises BadSync."""
    text = parts["port"]
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise BadSync({"port": _("A port is a number up to 65535.")})
    return int(text)
