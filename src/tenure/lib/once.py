"""What one request that only reads asks for several times and looks up once."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_KEPT: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("kept", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Inside, a function under `once` runs once for the same arguments. Nothing it looks up may be written here."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def asking() -> bool:
    """Whether this is inside of asking_once."""
    return _KEPT.get() is not None


def once(function: Callable[P, T]) -> Callable[P, T]:
    """For a look-up whose arguments hash and whose answer nobody changes. Outside of `asking_once` it always runs."""

    @wraps(function)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        kept = _KEPT.get()
        if kept is None:
            return function(*arguments, **named)
        key = (function, arguments, tuple(named.items()))
        if key not in kept:
            kept[key] = function(*arguments, **named)
        found: T = kept[key]
        return found

    return asked
