"""A name as it is searched: folded, and cut into words. Every sign of Chinese or of another wide script is a word."""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_FIRST_WIDE: Final = "⺀"  # from here on a sign says as much as a word
_APOSTROPHES: Final = "'’ʼ`"
_PLAIN: Final = re.compile(r"[0-9a-z]+")


class Word(NamedTuple):
    """`text` is folded; `places` says of each of its signs which sign of the name it comes from."""

    text: str
    places: tuple[int, ...]
    wide: bool


def fold(text: str) -> str:
    """Without case, accents, and the width of signs; whatever is neither letter nor figure is one space."""
    return spaced(words(text)) or text.strip().casefold()


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name, in order."""
    found: list[Word] = []
    text: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(name):
        folded = _folded(sign)
        for each in folded:
            if each >= _FIRST_WIDE:
                _close(found, text, places)
                found.append(Word(each, (place,), True))
            else:
                text.append(each)
                places.append(place)
        if not folded and sign not in _APOSTROPHES:
            _close(found, text, places)
    _close(found, text, places)
    return tuple(found)


def spaced(some: tuple[Word, ...]) -> str:
    """The words as one text: a space between two words of letters, none beside a wide sign."""
    parts: list[str] = []
    for before, word in zip((None, *some), some, strict=False):
        parts += [" "] if before is not None and not (before.wide or word.wide) else []
        parts.append(word.text)
    return "".join(parts)


def _close(found: list[Word], text: list[str], places: list[int]) -> None:
    if text:
        found.append(Word("".join(text), tuple(places), False))
        text.clear()
        places.clear()


@lru_cache(maxsize=8192)
def _folded(sign: str) -> str:
    """Empty for what is no part of a word."""
    if _PLAIN.fullmatch(sign):
        return sign
    bare = "".join(each for each in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(each))
    text = unicodedata.normalize("NFC", bare).casefold()
    return "".join(each for each in text if each.isalnum())
