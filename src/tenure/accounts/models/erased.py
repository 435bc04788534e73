"""Who was erased, so that what comes later does not bring them back."""

from django.db import models


class ErasedId(models.Model):
    """An id that was erased, as a keyed digest (accounts.erased.digest): nobody reads the id out of it.

    `erased_as` is the id that took its place, also of the Identity that had it; empty for a name or an address, for
    what stands for a contact, and for what was said of an account (accounts.erased.said_of).
    """

    digest = models.CharField(max_length=32, unique=True)
    erased_as = models.CharField(max_length=60, blank=True, db_index=True)
    erased_at = models.DateTimeField()
