"""What a member sets for themselves."""

from django.conf import settings

from tenure.people.models import Member, Theme


class UnknownChoice(Exception):
    """A language or a theme that Tenure does not have."""


def choose_language(member: Member, language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise UnknownChoice(language)
    member.language = language
    member.save(update_fields=["language"])


def choose_theme(member: Member, theme: str) -> None:
    if theme not in Theme:
        raise UnknownChoice(theme)
    member.theme = theme
    member.save(update_fields=["theme"])
