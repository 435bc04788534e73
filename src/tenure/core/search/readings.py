"""How Chinese signs are read, as plain letters: 重庆 is chongqing, and zhongqing to whoever reads the first sign so."""

import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from tenure.core.search.words import Word

_MOST_OTHERS: Final = 2  # readings of a sign beside the one it has here; those after them are hardly known
_LONGEST_PHRASE: Final = 4  # signs, which is 99 of 100 phrases with a reading of their own
_DIAERESIS: Final = "\u0308"  # nü is typed nv


class Reading(NamedTuple):
    """`text` is how the word is read in this name; `others` are readings the sign has elsewhere. A word that is not
    Chinese reads as itself."""

    text: str
    others: tuple[str, ...] = ()


def readings(some: tuple[Word, ...]) -> list[Reading] | None:
    """One for each word; None where no word is Chinese."""
    if not any(word.wide for word in some):
        return None
    found: list[Reading] = []
    for wide, group in groupby(some, key=lambda word: word.wide):
        texts = [word.text for word in group]
        found += _in_phrases("".join(texts)) if wide else [Reading(text) for text in texts]
    return found


def _in_phrases(run: str) -> list[Reading]:
    """The longest phrases that have a reading of their own, from the left, and signs alone between them."""
    found: list[Reading] = []
    while len(found) < len(run):
        rest = run[len(found) :]
        phrase = next((rest[:length] for length in range(_LONGEST_PHRASE, 1, -1) if _phrase(rest[:length])), rest[0])
        heard = _phrase(phrase) or (_sign(phrase)[0],)
        for sign, text in zip(phrase, heard, strict=True):
            found.append(Reading(text, tuple(each for each in _sign(sign) if each != text)[:_MOST_OTHERS]))
    return found


@lru_cache(maxsize=16_384)
def _sign(sign: str) -> tuple[str, ...]:
    """The readings of a sign, the usual one first; the sign itself where it has none."""
    from pypinyin.constants import PINYIN_DICT  # 58 MB of dictionaries: not before somebody's name needs them

    known = PINYIN_DICT.get(ord(sign), "")
    return tuple(dict.fromkeys(_plain(each) for each in known.split(",") if each)) or (sign,)


@lru_cache(maxsize=16_384)
def _phrase(text: str) -> tuple[str, ...]:
    """How the signs of a phrase are read; empty for what is none."""
    from pypinyin.constants import PHRASES_DICT

    known = PHRASES_DICT.get(text, ()) if len(text) > 1 else ()
    return tuple(_plain(each[0]) for each in known) if len(known) == len(text) else ()


def _plain(heard: str) -> str:
    """Without tones: lǜ is lv."""
    parts = unicodedata.normalize("NFD", heard).replace(f"u{_DIAERESIS}", "v")
    return "".join(each for each in parts if not unicodedata.combining(each))
