"""Profile cards and their fields: what a company wants to know about its customers."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class FieldType(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    MONEY = "money", _("Money")
    DATE = "date", _("Date")
    CHOICE = "choice", _("Choice")
    CHOICES = "choices", _("Several choices")
    MEMBER = "member", _("Member")
    PHONE = "phone", _("Phone")
    LINK = "link", _("Link")
    YES_NO = "yes_no", _("Yes or no")


class Named(models.Model):
    """Has a name, and others by language: `names["zh-hans"]`. An archived one is out of use; what it told stays."""

    name = models.CharField(max_length=80)
    names = models.JSONField(default=dict)
    place = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """The name in the person's language, as far as it is known."""
        return str(self.names.get(get_language() or "") or self.name)

    @property
    def chinese(self) -> str:
        return str(self.names.get("zh-hans", ""))


class Card(Named):
    """A group of fields on the customer page, in the order of `place`."""

    key = models.SlugField(max_length=60, unique=True)


class Field(Named):
    """What is kept about every account under one key: facts of that name.

    options       of a choice: [{"value", "name", "names"}], in order; an option left out later stays readable.
                  {"archived": true}: it is not offered any more; {"rule": …}: a rule writes it, and no person does
    minimum, maximum, longest   limits of numbers, of a text's characters; null is none
    unit, currency              said beside numbers; money is in the currency
    synced_from   the system that owns the field: it is locked here; empty: people write it
    editors       roles that may write it; empty: every role that may edit fields
    """

    key = models.CharField(max_length=200, unique=True)
    card = models.ForeignKey(Card, models.PROTECT, related_name="fields")
    type = models.CharField(max_length=10, choices=FieldType.choices, default=FieldType.TEXT)
    options = models.JSONField(default=list)
    required = models.BooleanField(default=False)
    minimum = models.FloatField(null=True)
    maximum = models.FloatField(null=True)
    longest = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    synced_from = models.CharField(max_length=100, blank=True)
    editors = models.JSONField(default=list)

    @property
    def offered(self) -> list[dict[str, Any]]:
        """The options that people choose from."""
        return [option for option in self.options if not option.get("archived") and not option.get("rule")]

    @property
    def ruled(self) -> frozenset[str]:
        """The options that a rule alone writes."""
        return frozenset(option["value"] for option in self.options if option.get("rule"))

    def option_name(self, value: object) -> str | None:
        """An option's name in the person's language; None when there is no such option."""
        for option in self.options:
            if option["value"] == value:
                return str(option.get("names", {}).get(get_language() or "") or option["name"])
        return None
