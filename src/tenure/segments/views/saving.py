"""Saving views of the customers list, changing them, taking them away, and choosing the one to begin with."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import Verb, verb
from tenure.lib import clock
from tenure.people.models import Member
from tenure.segments.models import FirstView, Sharing, View
from tenure.segments.saving import MOST_NAME, BadSegment, check_sharing
from tenure.ui.states import LOOKS

SAVED = verb("view.saved", gettext_lazy("{by} saved the view {subject}"), on_timeline=False)
CHANGED = verb("view.changed", gettext_lazy("{by} changed the view {subject}"), on_timeline=False)
ARCHIVED = verb("view.archived", gettext_lazy("{by} deleted the view {subject}"), on_timeline=False)
RESTORED = verb("view.restored", gettext_lazy("{by} brought the view {subject} back"), on_timeline=False)
CHOSEN = verb("view.chosen", gettext_lazy("{by} begins with the view {subject}"), on_timeline=False)
UNCHOSEN = verb("view.unchosen", gettext_lazy("{by} begins with all customers"), on_timeline=False)

#: The parameters of the list's address that a view keeps.
COLUMNS: Final = "columns"
KEPT: Final = (COLUMNS, "sort", "q", "state", "charge", "group", "tag", "segment", "condition")
_MOST_TEXT: Final = 8_000  # characters of all values together: more than an address carries

Query = Mapping[str, Sequence[str]]


def save_view(name: str, query: Query, sharing: Sharing, *, actor: Member) -> View:
    """A new view of the member's. Raises BadSegment."""
    now = clock.now()
    view = View(owner=actor, created_at=now, changed_at=now, query=_kept(query))
    _fill(view, name, sharing, actor)
    return _save(view, SAVED, actor)


def change_view(
    view: View, *, actor: Member, name: str | None = None, query: Query | None = None, sharing: Sharing | None = None
) -> View:
    """Its name, what address it keeps, or who sees it; what is None stays as it is. Raises BadSegment."""
    if name is not None or sharing is not None:
        _fill(view, view.name if name is None else name, sharing or Sharing(view.sharing), actor)
    if query is not None:
        view.query = _kept(query)
    view.changed_at = clock.now()
    return _save(view, CHANGED, actor)


def archive_view(view: View, *, actor: Member) -> None:
    """Takes it away from everybody who sees it; it can be brought back."""
    view.archived_at = clock.now()
    _save(view, ARCHIVED, actor)


def restore_view(view: View, *, actor: Member) -> None:
    view.archived_at = None
    _save(view, RESTORED, actor)


def begin_with(view: View | None, *, actor: Member) -> None:
    """The customers list opens in this view for the member; with None, in none."""
    with transaction.atomic():
        if view is None:
            FirstView.objects.filter(member=actor).delete()
        else:
            FirstView.objects.update_or_create(member=actor, defaults={"view": view})
        record(CHOSEN if view else UNCHOSEN, actor, subject=_subject(view) if view else None)


def _save(view: View, done: Verb, actor: Member) -> View:
    with transaction.atomic():
        view.save()
        record(done, actor, subject=_subject(view))
    return view


def _fill(view: View, name: str, sharing: Sharing, actor: Member) -> None:
    name = " ".join(name.replace("\0", "").split())
    if not 1 <= len(name) <= MOST_NAME:
        raise BadSegment(_("Give the view a name of 1 to %(most)s characters.") % {"most": MOST_NAME})
    others = View.objects.filter(owner=view.owner, archived_at=None).exclude(pk=view.pk)
    if any(name.casefold() == other.casefold() for other in others.values_list("name", flat=True)):
        raise BadSegment(_("There is a view of this name already. Choose another."))
    check_sharing(view, sharing, actor)
    view.name, view.sharing = name, sharing


def _kept(query: Query) -> dict[str, str]:
    kept = {key: ",".join(query[key]) if key == COLUMNS else query[key][-1] for key in KEPT if query.get(key)}
    if sum(map(len, kept.values())) > _MOST_TEXT:
        raise BadSegment(_("The condition in the address is too long. Save it as a segment and choose that."))
    known = [look.tone for look in LOOKS.values()]
    if unknown := next((each for each in kept.get("state", "").split(",") if each and each not in known), None):
        said = {"name": unknown, "all": ", ".join(known)}
        raise BadSegment(_("There is no health state “%(name)s”. There are: %(all)s.") % said)
    return {key: value for key, value in kept.items() if value}


def _subject(view: View) -> Subject:
    return Subject("view", view.pk, view.name)
