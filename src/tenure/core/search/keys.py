"""The texts under which a name is found: each is the beginning of what somebody may type for it.

A name is found by its beginning, by the beginning of any of its words, in Chinese also by how that is read and by the
first letters of that, and where it is asked for inside its words.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

from tenure.core.search.readings import Reading, readings
from tenure.core.search.words import Word, words

#: Signs of a key; whatever is typed beyond them is not looked at.
LONGEST: Final = 24
_MOST_STARTS: Final = 12  # words of a name at which it may be found
_MOST_READ_OTHERWISE: Final = 3  # of the first signs of a name
_SHORTEST_INSIDE: Final = 3


class Place(IntEnum):
    """Where in the name it is found; what is found nearer to its beginning comes first."""

    START = 1
    WORD = 2
    INSIDE = 3


class Key(NamedTuple):
    """`signs` says of each sign of the text which sign of the name it stands for."""

    place: Place
    text: str
    signs: tuple[int, ...]


@lru_cache(maxsize=4096)
def keys(name: str, inside: bool = False) -> tuple[Key, ...]:
    """Every key of a name, the nearest first; of a name without letters and figures the name itself."""
    some = words(name)[: 2 * _MOST_STARTS]
    if not some:
        bare = name.strip().casefold()[:LONGEST]
        return (Key(Place.START, bare, tuple(range(len(bare)))),) if bare else ()
    found: dict[tuple[Place, str], Key] = {}
    for key in _all(some, inside):
        found.setdefault((key.place, key.text), key)
    return tuple(sorted(found.values(), key=lambda key: key.place))


def _all(some: tuple[Word, ...], inside: bool) -> Iterator[Key]:
    spelled = _joined(some, [word.text for word in some], [word.places for word in some])
    read = readings(some)
    heard = _heard(some, [each.text for each in read]) if read else None
    for start in range(min(len(some), _MOST_STARTS)):
        place = Place.WORD if start else Place.START
        yield spelled.key(place, start)
        if read and heard:
            yield from (text.key(place, start) for text in heard)
            for way in _otherwise(some, read, start):  # after those who are really called so
                yield from (text.key(Place.WORD, start) for text in way)
        if inside and not some[start].wide:
            for cut in range(1, len(some[start].text) - _SHORTEST_INSIDE + 1):
                yield spelled.key(Place.INSIDE, start, cut)


class _Text(NamedTuple):
    """A way to write the name; `starts` says of each word where in the text it begins."""

    text: str
    signs: tuple[int, ...]
    starts: tuple[int, ...]

    def key(self, place: Place, word: int, cut: int = 0) -> Key:
        first = self.starts[word] + cut
        return Key(place, self.text[first : first + LONGEST], self.signs[first : first + LONGEST])


def _joined(some: Sequence[Word], texts: Sequence[str], places: Iterable[tuple[int, ...]]) -> _Text:
    """The words as these texts: a space between two words of letters, none beside a wide sign."""
    text, starts = "", []
    signs: list[int] = []
    for number, (word, part, places_of) in enumerate(zip(some, texts, places, strict=True)):
        if number and not (word.wide or some[number - 1].wide):
            text += " "
            signs.append(word.places[0])
        starts.append(len(text))
        text += part
        signs += places_of
    return _Text(text, tuple(signs), tuple(starts))


def _heard(some: Sequence[Word], texts: Sequence[str]) -> tuple[_Text, _Text]:
    """The words as they are read, and the first letter of each Chinese one; other words whole."""
    letters = [text[0] if word.wide else text for word, text in zip(some, texts, strict=True)]
    return _written(some, texts), _written(some, letters)


def _written(some: Sequence[Word], texts: Sequence[str]) -> _Text:
    places = (word.places[:1] * len(text) if word.wide else word.places for word, text in zip(some, texts, strict=True))
    return _joined(some, texts, places)


def _otherwise(some: Sequence[Word], read: Sequence[Reading], start: int) -> Iterator[tuple[_Text, _Text]]:
    """As it may be read by whoever takes one of the first signs from here on for another: of a name's beginning in
    every way, of its other words in one."""
    texts = [each.text for each in read]
    for place in range(start, min(len(some), start + (1 if start else _MOST_READ_OTHERWISE))):
        for other in read[place].others[: 1 if start else None]:
            yield _heard(some, [*texts[:place], other, *texts[place + 1 :]])
