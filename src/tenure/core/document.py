"""Reads a JSON document strictly: closed keys, checked types, numbers within limits, errors that name the path."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class BadDocument(ValueError):
    """A document cannot be used. `path` names the place, like parts[0].weight; the message says what is wrong there."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.path = path
        self.problem = problem


class Document:
    """One JSON object. Read its keys, then `close` it: a key nobody asked for is an error."""

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, Mapping):
            raise BadDocument(path, "must be an object.")
        self._value = value
        self._path = path
        self._read: set[str] = set()

    @property
    def path(self) -> str:
        return self._path

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self._path}.{key}" if self._path else key

    def has(self, key: str) -> bool:
        return self._value.get(key) is not None

    def text(self, key: str, longest: int = 200) -> str:
        value = self._get(key)
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            raise BadDocument(self.at(key), f"must be text of 1 to {longest} characters.")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        value = self._get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise BadDocument(self.at(key), "must be a number.")
        if not low <= value <= high:
            raise BadDocument(self.at(key), f"must be between {low:g} and {high:g}.")
        return value

    def whole(self, key: str, low: int, high: int) -> int:
        value = self.number(key, low, high)
        if value != int(value):
            raise BadDocument(self.at(key), "must be a whole number.")
        return int(value)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        value = self._get(key)
        for choice in choices:
            if choice == value:
                return choice
        raise BadDocument(self.at(key), f"must be one of {', '.join(choices)}.")

    def scalar(self, key: str) -> str | float | bool:
        value = self._get(key)
        if not isinstance(value, str | int | float | bool):
            raise BadDocument(self.at(key), "must be text, a number, true or false.")
        return value

    def raw(self, key: str) -> object:
        """Whatever stands there, for somebody else to check."""
        return self._get(key)

    def mapping(self, key: str) -> Mapping[str, object]:
        """An object as it is, for somebody else to read."""
        value = self._get(key)
        if not isinstance(value, Mapping):
            raise BadDocument(self.at(key), "must be an object.")
        return value

    def nested(self, key: str) -> "Document":
        return Document(self._get(key), self.at(key))

    def objects(self, key: str, most: int) -> "list[Document]":
        return [Document(each, f"{self.at(key)}[{n}]") for n, each in enumerate(self._list(key, most))]

    def wholes(self, key: str, most: int) -> list[int]:
        values = self._list(key, most)
        for n, each in enumerate(values):
            if isinstance(each, bool) or not isinstance(each, int):
                raise BadDocument(f"{self.at(key)}[{n}]", "must be a whole number.")
        return [each for each in values if isinstance(each, int)]

    def close(self) -> None:
        """Raises BadDocument when there are keys that were not read."""
        for key in self._value:
            if key not in self._read:
                raise BadDocument(self.at(str(key)), f"is not known here; known are {', '.join(sorted(self._read))}.")

    def _get(self, key: str) -> object:
        self._read.add(key)
        return self._value.get(key)

    def optional(self, key: str) -> bool:
        """True when the key has a value; allows it to be absent or null."""
        self._read.add(key)
        return self.has(key)

    def _list(self, key: str, most: int) -> Sequence[object]:
        value = self._get(key)
        if not isinstance(value, list | tuple):
            raise BadDocument(self.at(key), "must be a list.")
        if len(value) > most:
            raise BadDocument(self.at(key), f"must have at most {most} entries.")
        return value
