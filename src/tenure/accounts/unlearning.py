"""Takes back what rows of files said of ids, and that they named them. What others and other rows said stays.

Users whom nothing names any more go, but for those somebody keeps: a contact is them, or they were left out of counts.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from tenure.accounts.book import HOUR_US, Book
from tenure.accounts.learning import Learnt, links_of, mark_changed, relinks
from tenure.accounts.models import Contact, FileMention, FileStatement, GoneUser, Identity, User, UserKey, UserLink
from tenure.accounts.user_traits import project_traits
from tenure.lib.bulk import delete_rows, insert_rows, set_values
from tenure.lib.instants import to_datetime, to_us

#: How many mentions of a file are taken back at a time.
MENTIONS: Final = 2_000

#: (identity, account, hour)
_Place = tuple[int, int, int]


def unlearn(book: Book, messages: Collection[str], file: str, body: int, zone: ZoneInfo) -> Learnt:
    """Takes back the statements of these messages, by their keys, and some mentions of a file, in one short transaction
    marked with `body` (an inbox id), and brings the book up to date. Where nothing is left of them, nothing changes.
    """
    with transaction.atomic():
        stated = dict(FileStatement.objects.filter(message__any_of=messages).values_list("pk", "identity_id"))
        of_file = FileMention.objects.filter(file=file).order_by("identity")[:MENTIONS]
        mentioned = dict(of_file.values_list("pk", "identity_id")) if file else {}
        if not stated and not mentioned:
            return Learnt()
        delete_rows(FileStatement, "id", stated)
        delete_rows(FileMention, "id", mentioned)
        changed = _link_again(book, set(stated.values()))
        gone = _let_go(book, {*stated.values(), *mentioned.values()}, body)
        users = Identity.objects.filter(pk__any_of=set(stated.values())).values_list("user_id", flat=True)
        project_traits(set(users))
        mark_changed(changed, (), body)
    for user in changed | gone:
        book.spans.pop(user, None)
    book.read_spans(changed)
    return Learnt(relinks=relinks(book, changed | gone), links=links_of(changed, zone))


def _link_again(book: Book, identities: Collection[int]) -> set[int]:
    """Makes the links that files say of these ids those of the statements that are left; returns whose changed."""
    wanted: dict[_Place, int] = {}
    stated = FileStatement.objects.filter(identity_id__any_of=identities).exclude(account=None)
    for identity, account, at in stated.values_list("identity_id", "account_id", "at"):
        since_us = to_us(at)
        place = (identity, account, since_us // HOUR_US)
        wanted[place] = min(since_us, wanted.get(place, since_us))
    gone: list[int] = []
    later: list[tuple[int, datetime]] = []
    users: set[int] = set()
    held = UserLink.objects.filter(identity_id__any_of=identities, from_file=True)
    for key, identity, user, account, since in held.values_list("pk", "identity_id", "user_id", "account_id", "since"):
        place = (identity, account, to_us(since) // HOUR_US)
        if wanted.get(place) == to_us(since):
            continue
        users.add(user)
        book.links.pop((*place, True), None)
        if place in wanted:
            later.append((key, to_datetime(wanted[place])))
        else:
            gone.append(key)
    delete_rows(UserLink, "id", gone)
    set_values(UserLink, ["since"], later)
    return users


def _let_go(book: Book, identities: Collection[int], body: int) -> set[int]:
    """Deletes those of the ids that nothing names any more, with their users; returns the users."""
    is_stated = Exists(FileStatement.objects.filter(identity=OuterRef("pk")))
    is_mentioned = Exists(FileMention.objects.filter(identity=OuterRef("pk")))
    is_contact = Exists(Contact.objects.filter(user=OuterRef("home")))
    unnamed = Identity.objects.filter(~is_stated, ~is_mentioned, pk__any_of=identities, only_in_files=True)
    unkept = unnamed.filter(~is_contact, home__excluded_at=None)
    texts = dict(unkept.values_list("home_id", "external_id"))
    for model, field in ((UserKey, "row"), (Identity, "home"), (User, "id")):
        delete_rows(model, field, texts)
    insert_rows(GoneUser, ("user_id", "body"), [(user, body) for user in texts], pass_over_known=True)
    unnamed.update(only_in_files=False)
    for text in texts.values():
        book.identities.pop(text, None)
    return set(texts)
