"""What requests are made of: ids, texts, days and moments within bounds, and bodies with closed keys."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

_FIRST, _LAST = date(1970, 1, 1), date(2199, 12, 31)


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold the character U+0000")
    return text


def _within(moment: datetime) -> datetime:
    if not _FIRST <= moment.astimezone(UTC).date() <= _LAST:
        raise ValueError(f"must lie between {_FIRST} and {_LAST}")
    return moment


Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Text = Annotated[str, AfterValidator(_storable)]
Word = Annotated[Text, Field(min_length=1, max_length=200)]
Day = Annotated[date, Field(ge=_FIRST, le=_LAST)]
Moment = Annotated[AwareDatetime, AfterValidator(_within)]


class Body(Schema):
    """What comes in: a key nobody knows is an error."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """The values that were sent, by name."""
        return {name: getattr(self, name) for name in self.model_fields_set}
