"""Addresses of our own pages, put together once: a page shows dozens of them."""

from functools import lru_cache

from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse
from django.urls.resolvers import URLResolver


def address(name: str, *args: object, **kwargs: object) -> str:
    """As Django's `reverse`, with arguments that can be hashed. Raises NoReverseMatch."""
    return _address(get_resolver(get_urlconf()), get_script_prefix(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=4096, typed=True)
def _address(
    _resolver: URLResolver, _prefix: str, name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]
) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)
