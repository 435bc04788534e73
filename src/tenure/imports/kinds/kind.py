"""What a kind of import is. Each is one file that declares its fields, how rows compare, and how they are written."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple
from zoneinfo import ZoneInfo

from tenure.imports.models import FileImport
from tenure.imports.values.days import Order
from tenure.imports.values.texts import read_text
from tenure.people.models import Member
from tenure.ui.text import Text


@dataclass(frozen=True)
class Setting:
    """What holds for one pass over a file. `at` is when what it says begins, where no column says."""

    file_import: FileImport
    zone: ZoneInfo
    at: datetime
    actor: Member | None


#: Makes of a cell that is not empty a value of the field; raises BadCell. It is told the column's order of dates.
Reader = Callable[[Any, Setting, Order | None], Any]


@dataclass(frozen=True)
class Target:
    """A field a column can be. `names` are usual names of such columns, in both languages, compared without case.

    `fits` tells of a cell whether it can be one: a column of that name whose cells mostly cannot is not suggested.
    `locked` names the system that owns the field: a column of that name is left out unless one says otherwise.
    """

    key: str
    label: Text
    read: Reader
    names: Sequence[str] = ()
    required: bool = False
    help: Text = ""
    group: Text = ""
    locked: Text = ""
    fits: Callable[[str], bool] | None = None


class Given(NamedTuple):
    """A row that could be read: values by field, those of empty cells left out, and what is in other columns."""

    line: int
    values: Mapping[str, Any]
    rest: Mapping[str, Any]


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Verdict:
    """What a row comes to. `changes` are (field, before, after); `problems` {field: reason}, of the whole row "".

    `about` is what the row is about, as people call it.
    """

    state: State
    about: str = ""
    changes: Sequence[tuple[str, Any, Any]] = ()
    problems: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def refused(cls, problem: str, of: str = "") -> "Verdict":
        return cls(State.REFUSED, problems={of: problem})


class Pass(ABC):
    """One pass over a file, chunk by chunk."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @abstractmethod
    def look(self, rows: Sequence[Given]) -> list[Verdict]:
        """What writing the rows would do, in their order. Writes nothing."""

    @abstractmethod
    def write(self, rows: Sequence[Given]) -> None:
        """Writes rows that were found new or changed, within the caller's transaction. Again, it changes nothing."""

    def words(self, change: tuple[str, Any, Any]) -> tuple[str, str, str]:
        """A change as people read it: the field's name, what was, what will be."""
        return change[0], read_text(change[1]), read_text(change[2])

    def prepare(self) -> None:  # noqa: B027
        """Before the first chunk is written, and outside of its transaction."""

    def confirm(self, rows: Sequence[Given]) -> None:  # noqa: B027
        """Rows that say what is known already, within the transaction of the others of their chunk."""

    def pass_over(self, rows: Sequence[Given]) -> None:  # noqa: B027
        """Rows that an earlier try wrote, for kinds that want to see them again (`replays`)."""

    @abstractmethod
    def tell(self, *, last: bool) -> None:
        """After the transaction of a chunk: tells whoever has a copy. `last`: after the whole file too."""


class Kind(ABC):
    """A kind of import. `key` is its name on the command line and in addresses."""

    key: ClassVar[str]
    title: ClassVar[Text]
    hint: ClassVar[Text]
    #: How columns that are no field are kept; empty: they are left out, which the mapping says.
    rest: ClassVar[Text] = ""
    #: Whether what a row is about depends on columns that are no field.
    rest_tells: ClassVar[bool] = False
    #: Whether a pass that goes on in the middle must be shown what came before.
    replays: ClassVar[bool] = False
    #: Whether a row may name a customer that nobody knew, who is there from then on.
    brings_customers: ClassVar[bool] = False
    #: Rows of one transaction.
    chunk: ClassVar[int] = 2_000

    @abstractmethod
    def targets(self) -> Sequence[Target]:
        """The fields, in the order in which columns are recognised."""

    @abstractmethod
    def subject(self, row: Given) -> Hashable:
        """What the row is about: two rows of a file about the same that differ contradict each other."""

    @abstractmethod
    def begin(self, setting: Setting) -> Pass:
        """Starts a pass over a file."""

    def contradicts(self, fields: Collection[str]) -> bool:
        """Whether rows about the same thing that differ contradict each other, where these fields are columns."""
        return True

    def needed(self) -> Sequence[Sequence[str]]:
        """Fields without which nothing can be imported; of each group any one will do."""
        return [[target.key] for target in self.targets() if target.required]

    @abstractmethod
    def undo(self, setting: Setting, progress: Callable[[int, int], None]) -> Mapping[str, int]:
        """Takes back what the import brought, but for what was changed again since; says how much of what."""
