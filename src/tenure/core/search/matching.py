"""Whether a name is found by what was typed, where, and which of its signs that is."""

from typing import NamedTuple

from tenure.core.search.keys import LONGEST, Key, Place, keys
from tenure.core.search.words import fold


class Match(NamedTuple):
    """`signs` are the signs of the name, by number, that what was typed stands for."""

    place: Place
    signs: frozenset[int]


class Asked(NamedTuple):
    """What was typed: as one text, and its words where there are several, as far as keys go."""

    text: str
    words: tuple[str, ...]


def asked(typed: str) -> Asked:
    text = fold(typed)
    several = tuple(dict.fromkeys(word[:LONGEST] for word in text.split(" ")))
    return Asked(text[:LONGEST], several if len(several) > 1 else ())


def match(name: str, wanted: Asked, *, inside: bool = False) -> Match | None:
    """By the name's beginning, else by beginnings of words, or by several words each of which begins one of its own."""
    found = keys(name, inside)
    whole = _first(found, wanted.text)
    if whole is not None or not wanted.words:
        return whole
    each = [_first(found, word) for word in wanted.words]
    met = [one for one in each if one is not None]
    if len(met) < len(each):
        return None
    return Match(max(Place.WORD, *(one.place for one in met)), frozenset().union(*(one.signs for one in met)))


def _first(found: tuple[Key, ...], text: str) -> Match | None:
    if not text:
        return None
    for key in found:
        if key.text.startswith(text):
            return Match(key.place, frozenset(key.signs[: len(text)]))
    return None
