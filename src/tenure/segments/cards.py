"""Profile cards that are shown for the customers of a segment only."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.accounts.models import Account, Card
from tenure.activity.naming import said, told
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import verb
from tenure.core.conditions.document import from_document
from tenure.core.document import BadDocument
from tenure.people.models import Member
from tenure.segments.asking import asking_of
from tenure.segments.catalogue import read_catalogue
from tenure.segments.models import CardSegment, Segment, Sharing
from tenure.segments.saving import BadSegment

SHOWN_FOR = verb(
    "card.shown_for",
    gettext_lazy("{by} had the card {subject} shown for: {segment}"),
    on_timeline=False,
    words={"subject": said},
)


def segments_for_cards() -> QuerySet[Segment]:
    """Those a card can be shown for: everybody who looks at the customer knows them."""
    return Segment.objects.filter(sharing=Sharing.ALL, archived_at=None).order_by("name", "pk")


def show_card_for(card: Card, segment: Segment | None, *, actor: Member) -> None:
    """For the customers of a segment that is shared with everybody; None is every customer. Raises BadSegment."""
    if segment is not None and not segments_for_cards().filter(pk=segment.pk).exists():
        raise BadSegment(_("Choose a segment that is shared with everybody."))
    with transaction.atomic():
        if segment is None:
            CardSegment.objects.filter(card=card).delete()
        else:
            CardSegment.objects.update_or_create(card=card, defaults={"segment": segment})
        detail = {"subject": told([card]), "segment": segment.name if segment else ""}
        record(SHOWN_FOR, actor, subject=Subject("card", card.pk, card.name), detail=detail)


def hidden_cards(account: Account, day: date, member: Member) -> frozenset[int]:
    """Ids of the cards that are not shown for the account on a day.

    A segment that cannot be asked hides nothing. Raises WarehouseBusy.
    """
    rows = list(CardSegment.objects.select_related("segment"))
    if not rows:
        return frozenset()
    catalogue = read_catalogue()
    asking = asking_of(member, catalogue).among([account.pk])
    hidden = set()
    for row in rows:
        try:
            node = from_document(row.segment.condition, catalogue.fields)
        except BadDocument:
            continue
        if account.pk not in asking.on(node, day):
            hidden.add(row.card_id)
    return frozenset(hidden)
