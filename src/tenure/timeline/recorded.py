"""Tickets, survey answers and opportunities on the timeline, where they began."""

from datetime import time, timedelta
from functools import cache
from typing import TypeVar

from django.db.models import Q, QuerySet, TextField
from django.utils import timezone
from django.utils.translation import gettext as _

from tenure.lib.compiled import Compiled, Given
from tenure.records.access import records_of
from tenure.records.models import NPS, Opportunity, Record, SurveyAnswer, Ticket
from tenure.timeline.entry import GIVEN, Asked, Entry, Key, Kind, Place, page_of
from tenure.ui import numbers

Of = TypeVar("Of", bound=Record)


def tickets(asked: Asked) -> list[Entry]:
    return [_ticket(each, asked) for each in _found(asked, Ticket, Kind.TICKET, "subject", "requester", "key")]


def answers(asked: Asked) -> list[Entry]:
    return [_answer(each) for each in _found(asked, SurveyAnswer, Kind.ANSWER, "comment", "person", "survey")]


def opportunities(asked: Asked) -> list[Entry]:
    fields = ("name", "product", "stage", "owner", "key")
    return [_opportunity(each, asked) for each in _found(asked, Opportunity, Kind.OPPORTUNITY, *fields)]


def nps_tone(answer: SurveyAnswer) -> str:
    """The tone of promoters, passives and detractors; none on other scales."""
    if answer.survey.upper() != NPS:
        return ""
    return "healthy" if answer.score >= 9 else "average" if answer.score >= 7 else "at-risk"


def _found(asked: Asked, model: type[Of], kind: Kind, *texts: str) -> list[Of]:
    """Those asked for that have a time, latest first; none when a person is: other systems name no members."""
    if asked.person is not None:
        return []
    question = _question(model, texts if asked.text else (), asked.limit)
    return question.ask(accounts=asked.accounts, text=asked.text, **Place.of(asked, kind)._asdict())


@cache
def _question(model: type[Of], texts: tuple[str, ...], limit: int) -> Compiled[Of]:
    """Of these `accounts`; with any of the fields `texts` holding `text`, if there are such fields."""

    def build() -> QuerySet[Of]:
        wanted = Q()
        for field in texts:
            wanted |= Q(**{f"{field}__icontains": Given("text", TextField())})
        return page_of(records_of(Given("accounts"), model).filter(wanted), GIVEN, "at", "id")[:limit]

    return Compiled(build)


def _ticket(each: Ticket, asked: Asked) -> Entry:
    said = [each.priority]
    if each.closed_at is None or each.closed_at >= asked.until:
        said.append(each.status if each.closed_at is None and each.status else _("open"))
    elif each.at is not None:
        took = numbers.duration((each.closed_at - each.at) / timedelta(seconds=1))
        said.append(_("closed after %(time)s") % {"time": took})
    if each.satisfaction is not None:
        said.append(_("satisfaction %(score)s") % {"score": numbers.number(each.satisfaction)})
    title = _("Ticket: %(subject)s") % {"subject": each}
    return _entry(each, Kind.TICKET, "ticket", title, " · ".join(filter(None, said)), by=each.requester)


def _answer(each: SurveyAnswer) -> Entry:
    title = _("%(survey)s: %(score)s") % {"survey": each.survey, "score": numbers.number(each.score)}
    return _entry(each, Kind.ANSWER, "message-star", title, each.comment, by=each.person, tone=nps_tone(each))


def _opportunity(each: Opportunity, asked: Asked) -> Entry:
    closed = each.closed_on is not None and each.closed_on <= asked.day
    said = [each.product if each.name else "", each.stage if closed or each.closed_on is None else _("open")]
    if each.value is not None and closed:
        said.append(numbers.number(each.value))
    if closed:
        said.append(_("closed %(day)s") % {"day": numbers.day(each.closed_on)})
    title = _("Opportunity: %(name)s") % {"name": each}
    return _entry(each, Kind.OPPORTUNITY, "target-arrow", title, " · ".join(filter(None, said)), by=each.owner)


def _entry(each: Record, kind: Kind, icon: str, title: str, line: str, *, by: str, tone: str = "") -> Entry:
    assert each.at is not None  # filtered
    return Entry(
        kind,
        Key(each.at, kind.rank, each.pk),
        icon=icon,
        title=title,
        lines=(line[:320],) if line else (),
        by=by,
        href="#records",
        tone=tone,
        whole_day=timezone.localtime(each.at).time() == time(),
    )
