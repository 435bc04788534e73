"""How rows name types of follow-ups, members and moods, in both languages."""

from typing import Final

from django.conf import settings
from django.utils import translation

from tenure.people.models import Member
from tenure.work.models import FollowUpType, Sentiment
from tenure.work.types import types_in_use

#: Words for the built-in types, beside their keys and names.
SYNONYMS: Final = {
    "phone": "call", "telephone": "call", "电话": "call", "通话": "call", "meet": "meeting", "会议": "meeting",
    "onsite": "visit", "on-site": "visit", "拜访": "visit", "上门": "visit", "wechat": "message", "微信": "message",
    "chat": "message", "im": "message", "sms": "message", "e-mail": "email", "mail": "email", "邮件": "email",
    "workshop": "training", "培训": "training",
}  # fmt: skip
SENTIMENTS: Final = {
    "good": Sentiment.GOOD, "positive": Sentiment.GOOD, "happy": Sentiment.GOOD, "1": Sentiment.GOOD,
    "好": Sentiment.GOOD, "满意": Sentiment.GOOD, "neutral": Sentiment.NEUTRAL, "0": Sentiment.NEUTRAL,
    "一般": Sentiment.NEUTRAL, "中性": Sentiment.NEUTRAL, "bad": Sentiment.BAD, "negative": Sentiment.BAD,
    "unhappy": Sentiment.BAD, "-1": Sentiment.BAD, "差": Sentiment.BAD, "不满": Sentiment.BAD,
}  # fmt: skip


def types_by_word() -> dict[str, FollowUpType]:
    """Types by everything they are called."""
    found: dict[str, FollowUpType] = {}
    of_key = {}
    for each in types_in_use():
        of_key[each.key] = each
        names = {each.key, each.name, *each.names.values()}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                names.add(str(each))
        found.update((fold_words(name), each) for name in names)
    return {**{word: of_key[key] for word, key in SYNONYMS.items() if key in of_key}, **found}


def members_by_word() -> dict[str, Member]:
    """Members by e-mail address, by the part of it before the @, and by name; what two share is nobody's."""
    found: dict[str, Member] = {}
    several: set[str] = set()
    for member in Member.objects.all():
        names = (member.email, member.email.partition("@")[0], member.name)
        for name in {fold_words(each) for each in names} - {""}:
            if name in found:
                several.add(name)
            found[name] = member
    return {name: member for name, member in found.items() if name not in several or "@" in name}


def fold_words(text: str) -> str:
    """A word to compare by."""
    return " ".join(text.casefold().split())
