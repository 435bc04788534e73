"""The event catalogue: what arrives, what it means, and which product feature it belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventClass(models.IntegerChoices):
    """Numbers are the warehouse's codes (warehouse.schema)."""

    IGNORED = 0, _("Ignored")
    BASE = 1, _("Base")
    VALUE = 2, _("Value")


class EventKind(models.TextChoices):
    """What the sender's call was."""

    TRACK = "track", _("Track")
    PAGE = "page", _("Page")
    SCREEN = "screen", _("Screen")
    IDENTIFY = "identify", _("Identify")
    GROUP = "group", _("Group")
    ALIAS = "alias", _("Alias")
    PROFILE = "profile", _("Profile")
    ITEM = "item", _("Item")


class Feature(models.Model):
    """A product feature: a group of events."""

    name = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.name


class EventType(models.Model):
    """A name that arrived. `marked_by` is empty while its class is the default one."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    event_class = models.SmallIntegerField(choices=EventClass.choices)
    feature = models.ForeignKey(Feature, models.SET_NULL, null=True, related_name="events")
    created_at = models.DateTimeField(auto_now_add=True)
    marked_at = models.DateTimeField(null=True)
    marked_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.name


class EventProperty(models.Model):
    """A property seen on an event, learnt from samples: its types and up to five sample values."""

    event = models.ForeignKey(EventType, models.CASCADE, related_name="properties")
    name = models.CharField(max_length=200)
    types = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="one_row_per_event_property")]


class CatalogueChange(models.Model):
    """Events were marked or grouped: by whom, when, and what was before, so that it can be undone.

    `before` maps each event's key to its class, or its feature's key or null; for a class also who marked it and when.
    """

    class Field(models.TextChoices):
        CLASS = "class"
        FEATURE = "feature"

    field = models.CharField(max_length=10, choices=Field.choices)
    to = models.IntegerField(null=True)  # a class, a feature's key, or no feature
    made_feature = models.BooleanField(default=False)
    before = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")
