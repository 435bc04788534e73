"""What holds for everybody: the first owner, the rules of signing in, and how often it was tried."""

from django.db import models

from tenure.people.models.member import Member


class FirstRun(models.Model):
    """The one row that says the first owner has been made: its fixed key lets only one of two racing requests win."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True)
    at = models.DateTimeField()


class SecurityRule(models.Model):
    """Rules of signing in, in their order of time: the latest row holds."""

    require_second_factor = models.BooleanField()
    set_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second factor {'required' if self.require_second_factor else 'optional'}"


class Counted(models.Model):
    """Django's cache in the database: how often signing in was tried, for all processes together."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_counted"

    def __str__(self) -> str:
        return self.cache_key
