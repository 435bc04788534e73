"""Profile cards that are shown for some customers only."""

from django.db import models


class CardSegment(models.Model):
    """The card is shown for the customers of the segment; a card without a row for every customer."""

    card = models.OneToOneField("accounts.Card", models.CASCADE, related_name="+")
    segment = models.ForeignKey("segments.Segment", models.CASCADE, related_name="cards")
