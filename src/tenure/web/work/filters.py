"""The filters of the list of follow-ups, as its address holds them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import QueryDict

from tenure.accounts.merging.members import members_of
from tenure.lib.whole import whole
from tenure.work.models import FollowUp, Sentiment


@dataclass(frozen=True)
class Filter:
    """`member_id` wrote it down or took part; `first` and `last` are days, both included; `text` is in its words."""

    type_id: int | None = None
    member_id: int | None = None
    account_id: int | None = None
    sentiment: Sentiment | None = None
    first: date | None = None
    last: date | None = None
    text: str = ""

    @classmethod
    def read(cls, query: QueryDict, search: str) -> "Filter":
        """What cannot be read is no filter."""
        sentiment = query.get("sentiment", "")
        return cls(
            type_id=whole(query.get("type", "")),
            member_id=whole(query.get("member", "")),
            account_id=whole(query.get("account", "")),
            sentiment=Sentiment(int(sentiment)) if sentiment in ("-1", "0", "1") else None,
            first=_day(query.get("from", "")),
            last=_day(query.get("to", "")),
            text=search,
        )

    @property
    def narrows(self) -> bool:
        return self != Filter()

    def of(self, follow_ups: QuerySet[FollowUp], day: date, zone: ZoneInfo) -> QuerySet[FollowUp]:
        """Those that match and happened until the as-of day."""
        found = follow_ups.filter(at__lt=_start(min(self.last or day, day) + timedelta(days=1), zone))
        if self.first:
            found = found.filter(at__gte=_start(self.first, zone))
        if self.type_id is not None:
            found = found.filter(type=self.type_id)
        if self.account_id is not None:
            found = found.filter(account__in=members_of(self.account_id))
        if self.sentiment is not None:
            found = found.filter(sentiment=self.sentiment)
        if self.member_id is not None:
            took_part = FollowUp.objects.filter(participants__member=self.member_id).values("pk")
            found = found.filter(Q(created_by=self.member_id) | Q(pk__in=took_part))
        if self.text:
            in_words = Q(notes__icontains=self.text) | Q(outcome__icontains=self.text)
            found = found.filter(in_words | Q(account__name__icontains=self.text))
        return found


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
