"""What an integration is. Each is one class in its folder, with a line in integrations.all."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from django.utils.translation import gettext as _

from tenure.integrations.errors import BadSync
from tenure.ui.text import Text


@dataclass(frozen=True)
class Part:
    """A setting of an integration, as its form asks for it. A `secret` is kept sealed and never shown."""

    key: str
    label: Text
    kind: Literal["line", "text", "number", "secret", "choice"] = "line"
    help: Text = ""
    otherwise: str = ""
    required: bool = True
    choices: Sequence[tuple[str, Text]] = ()


@dataclass(frozen=True)
class Asked:
    """What a run asks for. `parts` are the settings, secrets among them.

    marks      what earlier runs left to be remembered
    most_rows  no more than so many: only to look at; None is all
    seconds    the most a query may take
    tick       is called while it is read; may raise to end it
    """

    parts: Mapping[str, str]
    cursor_column: str = ""
    marks: Mapping[str, Any] = field(default_factory=dict)
    most_rows: int | None = None
    seconds: int = 600
    tick: Callable[[], None] = lambda: None


class Fetched(ABC):
    """One table to be fetched."""

    name: str

    @abstractmethod
    def chunks(self) -> Iterator[bytes]:
        """A file that imports can read, piece by piece. Raises SourceFailed. Without any piece there is no row."""

    @abstractmethod
    def marks(self, sha256: str) -> Mapping[str, Any]:
        """What to remember when all of it is imported; known after `chunks`. `sha256` is that of the chunks."""

    def is_known(self, sha256: str) -> bool:
        """Whether this very content was imported before and nothing is to be done."""
        return False


class Integration(ABC):
    """A kind of system that tables come from."""

    key: ClassVar[str]
    title: ClassVar[Text]
    hint: ClassVar[Text]
    icon: ClassVar[str]
    has_cursor: ClassVar[bool] = True
    place: ClassVar[Sequence[str]] = ()  # parts that say whom a secret is sent to: changed, it must be typed again

    @abstractmethod
    def parts(self) -> Sequence[Part]:
        """What the form asks for."""

    def filled(self, given: Mapping[str, str]) -> dict[str, str]:
        """The parts as given, or what holds otherwise. Raises BadSync where one is missing or cannot be."""
        parts = {part.key: given.get(part.key, "").strip() or part.otherwise for part in self.parts()}
        missing = [part for part in self.parts() if part.required and not parts[part.key]]
        if missing:
            raise BadSync({part.key: _("%(field)s is needed.") % {"field": part.label} for part in missing})
        for part in self.parts():
            if part.choices and parts[part.key] not in dict(part.choices):
                raise BadSync({part.key: _("Choose one of those there are.")})
        self.check(parts)
        return parts

    @abstractmethod
    def check(self, parts: Mapping[str, str]) -> None:
        """Raises BadSync for what can be seen to be wrong without asking the other system."""

    @abstractmethod
    def tables(self, asked: Asked) -> Iterator[Fetched]:
        """What there is to fetch, in order. Raises SourceFailed."""
