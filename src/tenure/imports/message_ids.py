"""Ids of items that a file gives none: made of what they say."""

from collections import Counter
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="deterministic")


class Ids:
    """A hash of what an item says, and of how many of the same came before in the file.

    The same file again, or one that overlaps it, so gives the same ids, and rows that are alike still count each.
    """

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def give(self, item: Mapping[str, Any]) -> str:
        digest = blake2b(_encoder.encode(item), digest_size=16)
        key = digest.digest()[:8]
        times = self._seen[key]
        self._seen[key] = times + 1
        if times:
            digest.update(b"#%d" % times)
        return digest.hexdigest()
