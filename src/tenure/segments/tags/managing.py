"""Which tags there are: added, renamed, coloured, given a rule, archived."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.fields.defaults import CHINESE
from tenure.accounts.fields.managing import MOST_OPTIONS, free_key
from tenure.accounts.models import Field
from tenure.activity.models import Activity
from tenure.activity.naming import said
from tenure.activity.recording import record
from tenure.activity.verbs import Verb, verb
from tenure.core.conditions.document import to_document
from tenure.core.conditions.tree import Node, leaves, names_me
from tenure.lib.errors import TenureError
from tenure.people.models import Member
from tenure.segments.jobs import rules_changed
from tenure.segments.tags.tag import FIELD, TONES, Rule, Tag, tags_field, tags_of

_WORDS = {"subject": said}
ADDED = verb("tag.added", gettext_lazy("{by} added the tag {subject}"), False, words=_WORDS)
CHANGED = verb("tag.changed", gettext_lazy("{by} changed the tag {subject}"), False, words=_WORDS)
ARCHIVED = verb("tag.archived", gettext_lazy("{by} archived the tag {subject}"), False, words=_WORDS)
RESTORED = verb("tag.restored", gettext_lazy("{by} brought the tag {subject} back"), False, words=_WORDS)
MOST_NAME = 80


class BadTag(TenureError):
    """The tag cannot be so; the message says why."""


class ChangedAgain(BadTag):
    """A change cannot be taken back: the tag was changed again since."""


@dataclass(frozen=True)
class Draft:
    """A tag as asked for; without a `condition` it is put on by hand."""

    name: str
    chinese: str = ""
    tone: str = ""
    condition: Node | None = None


def add_tag(draft: Draft, *, actor: Member) -> Tag:
    """A new tag, the last one. Raises BadTag."""
    with transaction.atomic():
        field = _locked()
        tags = tags_of(field)
        if len(tags) >= MOST_OPTIONS:
            raise BadTag(_("At most %(count)s tags.") % {"count": MOST_OPTIONS})
        tag = _filled(Tag(free_key(draft.name, set(tags), "tag")[:MOST_NAME], ""), draft, tags)
        _keep(field, {**tags, tag.value: tag})
        _record(ADDED, tag, actor, after=tag.option)
    return tag


def change_tag(value: str, draft: Draft, *, actor: Member) -> Activity | None:
    """Makes it say something else; None when it does already. Raises BadTag.

    A tag that gets a rule is from then on where the rule says; one that loses it stays where it is.
    """
    with transaction.atomic():
        field = _locked()
        tags = tags_of(field)
        before = _known(value, tags)
        tag = _filled(before, draft, tags)
        if tag == before:
            return None
        _keep(field, {**tags, value: tag})
        return _record(CHANGED, tag, actor, before=before.option, after=tag.option)


def changes_by(member: Member) -> QuerySet[Activity]:
    """The changes of tags that the member made: each can be taken back."""
    return Activity.objects.filter(verb=CHANGED.name, actor=member)


def put_back(change: Activity, *, actor: Member) -> Tag:
    """Takes back a change. Raises ChangedAgain, and BadTag when the tag is gone."""
    with transaction.atomic():
        field = _locked()
        tags = tags_of(field)
        now = _known(change.detail["after"]["value"], tags)
        if now.option != change.detail["after"]:
            raise ChangedAgain(_("The tag was changed again since. Nothing was taken back."))
        tag = Tag.of(change.detail["before"])
        if tag.rule and now.rule:
            tag = replace(tag, rule=replace(tag.rule, version=now.rule.version + 1))
        _keep(field, {**tags, tag.value: tag})
        _record(CHANGED, tag, actor, before=now.option, after=tag.option)
    return tag


def archive_tag(value: str, *, actor: Member) -> None:
    """Takes it out of use: it is not offered, not shown, and its rule rests. Who had it stays known."""
    _archive(value, ARCHIVED, actor, archived=True)


def restore_tag(value: str, *, actor: Member) -> None:
    """Puts it back into use, on those who had it."""
    _archive(value, RESTORED, actor, archived=False)


def _archive(value: str, done: Verb, actor: Member, *, archived: bool) -> None:
    with transaction.atomic():
        field = _locked()
        tags = tags_of(field)
        tag = replace(_known(value, tags), archived=archived)
        _keep(field, {**tags, value: tag})
        _record(done, tag, actor)


def _locked() -> Field:
    """The field, which nobody else changes until the transaction ends."""
    field = tags_field()
    if field is None:
        raise BadTag(_("No profile card has the field “tags”. Bring it back under Profile cards."))
    return Field.objects.select_for_update().get(pk=field.pk)


def _known(value: str, tags: Mapping[str, Tag]) -> Tag:
    if value not in tags:
        raise BadTag(_("There is no such tag any more."))
    return tags[value]


def _filled(tag: Tag, draft: Draft, tags: Mapping[str, Tag]) -> Tag:
    name, chinese = (" ".join(text.replace("\0", "").split()) for text in (draft.name, draft.chinese))
    if not 1 <= len(name) <= MOST_NAME or len(chinese) > MOST_NAME:
        raise BadTag(_("Give the tag a name of 1 to %(most)s characters.") % {"most": MOST_NAME})
    others = {
        text.casefold() for each in tags.values() if each.value != tag.value for text in (each.name, each.chinese)
    }
    if name.casefold() in others or (chinese and chinese.casefold() in others):
        raise BadTag(_("There is a tag of this name already. Choose another."))
    if draft.tone not in ("", *TONES):
        raise BadTag(_("Choose one of the colours."))
    names = {CHINESE: chinese} if chinese else {}
    return replace(tag, name=name, names=names, tone=draft.tone, rule=_rule(tag.rule, draft.condition))


def _rule(before: Rule | None, condition: Node | None) -> Rule | None:
    if condition is None:
        return None
    if names_me(condition):
        raise BadTag(_("A rule cannot say “me”: nobody in particular asks."))
    if any(f"fact.{FIELD}" in (leaf.field, leaf.within) for leaf in leaves(condition)):
        raise BadTag(_("A tag's rule cannot ask about tags: one would chase the other."))
    document = to_document(condition)
    if before is None:
        return Rule(document)
    return before if before.condition == document else Rule(document, before.version + 1)


def _keep(field: Field, tags: Mapping[str, Tag]) -> None:
    field.options = [tag.option for tag in tags.values()]
    field.save(update_fields=["options"])
    rules_changed()


def _record(done: Verb, tag: Tag, actor: Member, **detail: Any) -> Activity:
    return record(done, actor, subject=tag.subject, detail={"subject": tag.told, "tag": tag.value, **detail})
