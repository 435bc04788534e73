"""What a member sets for themselves."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.people.models import Member, Theme

CHANGED = verb("preferences.changed", gettext_lazy("{by} changed their own preferences: {what}"), False)


class UnknownChoice(Exception):
    """A language or a theme that Tenure does not have."""


def choose_language(member: Member, language: str) -> None:
    """Raises UnknownChoice."""
    if language not in dict(settings.LANGUAGES):
        raise UnknownChoice(language)
    change_preferences(member, {"language": language})


def choose_theme(member: Member, theme: str) -> None:
    """Raises UnknownChoice."""
    if theme not in Theme:
        raise UnknownChoice(theme)
    change_preferences(member, {"theme": theme})


def change_preferences(member: Member, values: Mapping[str, str]) -> None:
    """Sets the member's own name, language or theme, checked by the caller."""
    with transaction.atomic():
        before = {name: getattr(member, name) for name in values}
        changed = [name for name, value in values.items() if before[name] != value]
        if not changed:
            return
        for name in changed:
            setattr(member, name, values[name])
        member.save(update_fields=changed)
        detail = {
            "what": ", ".join(changed),
            "before": {name: before[name] for name in changed},
            "after": {name: values[name] for name in changed},
        }
        record(CHANGED, member, subject=Subject("member", member.pk, str(member)), detail=detail)
