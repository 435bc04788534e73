"""What databases behind a host have in common."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.integrations.errors import BadSync
from tenure.integrations.integration import Part
from tenure.integrations.sql.database import QUERY, Database
from tenure.ui.text import Text


class Server(Database):
    """`port`, `user` and the first of `tls`, ways to encrypt by their key, are what the form offers."""

    icon: ClassVar[str] = "database"
    port: ClassVar[int]
    user: ClassVar[str]
    tls: ClassVar[Sequence[tuple[str, Text]]]
    #: Whom the password is sent to.
    place = ("host", "port", "user", "database", "tls")

    def parts(self) -> Sequence[Part]:
        tls = self.tls
        return (
            Part("host", gettext_lazy("Host"), help=gettext_lazy("Private ones are opened in TENURE_SYNC_HOSTS.")),
            Part("port", gettext_lazy("Port"), "number", otherwise=str(self.port)),
            Part("database", gettext_lazy("Database")),
            Part("user", gettext_lazy("User"), help=gettext_lazy("One that may only read."), otherwise=self.user),
            Part("password", gettext_lazy("Password"), "secret", required=False),
            Part("tls", gettext_lazy("Encryption"), "choice", otherwise=tls[0][0], choices=tls),
            QUERY,
        )

    def check(self, parts: Mapping[str, str]) -> None:
        super().check(parts)
        port_of(parts)


def port_of(parts: Mapping[str, str]) -> int:
    """The port; raises BadSync."""
    text = parts["port"]
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise BadSync({"port": _("A port is a number up to 65535.")})
    return int(text)
