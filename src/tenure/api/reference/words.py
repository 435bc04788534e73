"""What the OpenAPI document says in the reader's language.

Its words stand in docstrings and `description=`, where Django's own extraction does not find them. So they have a
catalogue of their own, locale/*/LC_MESSAGES/api.po, which `python3 dev.py messages` keeps up with the document.
"""

from collections.abc import Callable, Mapping
from functools import cache
from gettext import translation
from http.client import responses
from typing import Any, Final

from django.conf import settings
from django.utils.translation import to_locale

DOMAIN: Final = "api"
_SPOKEN: Final = ("summary", "description", "tags")
_PROTOCOL: Final = frozenset(responses.values())  # "Not Found": words of HTTP, the same in every language


@cache
def told_in(language: str) -> Mapping[str, Any]:
    """The document in a language of the settings; what its catalogue does not know stays English."""
    from tenure.api.urls import API  # which names addresses that ask for this

    words = translation(DOMAIN, settings.LOCALE_PATHS[0], [to_locale(language)], fallback=True)
    told: Mapping[str, Any] = spoken(API.told, words.gettext)
    return told


def spoken(told: Any, say: Callable[[str], str]) -> Any:
    """The document, or a part of it, with each summary, description and tag as `say` puts it. Texts are one line."""
    match told:
        case dict():
            return {name: _said(each, say) if name in _SPOKEN else spoken(each, say) for name, each in told.items()}
        case list():
            return [spoken(each, say) for each in told]
        case _:
            return told


def _said(told: Any, say: Callable[[str], str]) -> Any:
    match told:
        case str():
            text = " ".join(told.split())
            return text if text in _PROTOCOL or not text else say(text)
        case list() if all(isinstance(each, str) for each in told):
            return [_said(each, say) for each in told]
        case _:  # a key of a body that happens to have such a name
            return spoken(told, say)
