"""Answers kept while the stamp holds."""

import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.db import connection

from tenure.lib.once import asking, once

P = ParamSpec("P")
T = TypeVar("T")

MOST: Final = 1_000  # answers; some are by member
_kept: dict[Hashable, tuple[str, Any]] = {}
_lock: Final = threading.Lock()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """For a look-up of nothing but watched tables (triggers.WATCHED), whose answer nobody changes.

    In a request that only reads it runs when its tables changed since it ran; anywhere else it always runs.
    """

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        stamp = _stamp() if asking() else None
        if stamp is None:
            return function(*arguments, **named)
        key = (function, arguments, tuple(named.items()))
        held = _kept.get(key)
        if held is not None and held[0] == stamp:
            answer: T = held[1]
            return answer
        answer = function(*arguments, **named)
        with _lock:
            _kept.pop(key, None)
            _kept[key] = stamp, answer
            if len(_kept) > MOST:
                del _kept[next(iter(_kept))]  # the one that was read longest ago
        return answer

    return asked


@once
def _stamp() -> str | None:
    with connection.cursor() as cursor:  # every page asks: half a millisecond less than through the model
        cursor.execute("select value from remembered_stamp")
        row = cursor.fetchone()
    return row[0] if row else None
