"""Views of the customers list that were given a name, and which of them a member begins with."""

from django.db import models

from tenure.segments.models.segment import Sharing


class View(models.Model):
    """What an address of the list asks for, kept: `query` is {parameter: value} of segments.views.saving.KEPT.

    `owner` is null once the member was erased. An archived one can be restored.
    """

    name = models.CharField(max_length=120)
    query = models.JSONField(default=dict)
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.PRIVATE)
    owner = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="views")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class FirstView(models.Model):
    """The view in which the customers list opens for a member."""

    member = models.OneToOneField("people.Member", models.CASCADE, related_name="first_view")
    view = models.ForeignKey(View, models.CASCADE, related_name="+")
