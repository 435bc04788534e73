"""Pages and verbs as lines of the palette, found by what they are called in every language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tenure.core.search.matching import Asked, match
from tenure.people.models import Member
from tenure.people.permissions import Permission, permissions_of
from tenure.ui.text import Text
from tenure.web.navigation import ENTRIES, address_of
from tenure.web.palette.items import Item
from tenure.web.palette.verbs import verbs, verbs_of_account

OWN: Final[tuple[tuple[Text, str, str], ...]] = (
    (_("Preferences"), "settings", "preferences"),
    (_("Password and sessions"), "lock", "account_change_password"),
)


class Offer(NamedTuple):
    """A line, and what it is called in other languages."""

    line: Item
    elsewhere: Sequence[str]


class Offers(NamedTuple):
    of_account: Sequence[Offer]
    verbs: Sequence[Offer]
    pages: Sequence[Offer]


def offers(member: Member, account_id: int | None) -> Offers:
    """What the member is offered; `account_id` is the customer whose page they are on, one they see."""
    held = permissions_of(member)
    language = translation.get_language() or ""
    of_account = _of_account(language, held, account_id) if account_id is not None else ()
    return Offers(of_account, *_anywhere(language, held, member.theme))


def among(some: Sequence[Offer], wanted: Asked) -> list[Item]:
    """The lines whose title is found, the best first; a title of another language in its own letters alone."""
    found = []
    plain = wanted.text.isascii()
    for line, elsewhere in some:
        own = match(line.title, wanted)
        met = own or next(filter(None, (match(each, wanted) for each in elsewhere if each.isascii() == plain)), None)
        if met is not None:
            found.append(replace(line, place=met.place, marked=own.signs if own else ()))
    return sorted(found, key=lambda line: line.place)


@lru_cache(maxsize=256)
def _of_account(language: str, held: frozenset[Permission], account_id: int) -> Sequence[Offer]:
    return _together(lambda: list(verbs_of_account(held, account_id)), language)


@lru_cache(maxsize=256)
def _anywhere(language: str, held: frozenset[Permission], theme: str) -> tuple[Sequence[Offer], Sequence[Offer]]:
    """Verbs and pages: they are asked for with every letter and hardly ever change."""
    return _together(lambda: list(verbs(held, theme)), language), _together(lambda: list(_pages(held)), language)


def _together(lines: Callable[[], Sequence[Item]], language: str) -> list[Offer]:
    """The lines in this language, with what each is called in others; the languages one may switch to differ."""
    titles = []
    for code, _name in settings.LANGUAGES:
        if code != language:
            with translation.override(code):
                titles.append({_key(line): line.title for line in lines()})
    return [Offer(line, [each[_key(line)] for each in titles if _key(line) in each]) for line in lines()]


def _key(line: Item) -> tuple[object, ...]:
    return line.href, line.drawer, line.then, line.post


def _pages(held: frozenset[Permission]) -> Iterator[Item]:
    """Pages of the navigation, then one's own."""
    for group, entries in ENTRIES:
        for entry in entries:
            if entry.permission in held and (address := address_of(entry.url_name)):
                yield Item(str(entry.label), entry.icon, address, detail=str(group))
    for label, icon, name in OWN:
        yield Item(str(label), icon, reverse(name))
