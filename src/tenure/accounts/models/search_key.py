"""Under which texts accounts, contacts and users are found."""

from django.db import models

from tenure.accounts.models.account import Account
from tenure.accounts.models.contact import Contact
from tenure.accounts.models.user import User


class SearchKey(models.Model):
    """What somebody may type for the row begins with `key`, in UTF-8: core.search.keys.

    Bytes, because every database orders them alike, whatever its language: what begins with x lies in x <= key < y.
    A row that can be found has keys, one that was removed or erased has none: accounts.search.keeping.
    """

    place = models.PositiveSmallIntegerField()  # core.search.keys.Place
    key = models.BinaryField()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["place", "key", "row"], name="%(class)s_found"),  # among all rows
            models.Index(fields=["row", "key", "place"], name="%(class)s_of_row"),  # among a few
        ]


class AccountKey(SearchKey):
    row = models.ForeignKey(Account, models.CASCADE, related_name="search_keys", db_index=False)


class ContactKey(SearchKey):
    row = models.ForeignKey(Contact, models.CASCADE, related_name="search_keys", db_index=False)


class UserKey(SearchKey):
    row = models.ForeignKey(User, models.CASCADE, related_name="search_keys", db_index=False)
