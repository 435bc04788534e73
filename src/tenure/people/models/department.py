"""Departments: where the vendor's people work."""

from django.db import models


class Department(models.Model):
    """A part of the vendor's company; departments form a tree. An archived one has neither members nor children."""

    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], condition=models.Q(archived_at=None), name="one_name_per_parent"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent=None, archived_at=None), name="one_name_at_the_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name
