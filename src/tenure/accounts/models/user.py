"""Users inside accounts, the ids they are known by, and where they belong."""

from django.db import models

from tenure.accounts.models.account import Account


class User(models.Model):
    """A person inside an account who uses the product. Merged users point at the one that lives on."""

    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=300, blank=True)
    traits = models.JSONField(default=dict)
    traits_at = models.DateTimeField(null=True)  # event time of the latest traits
    created_at = models.DateTimeField(auto_now_add=True)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged")
    excluded_at = models.DateTimeField(null=True)  # staff of the vendor or a service account: not counted
    excluded_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.name or self.email or f"#{self.pk}"


class ExclusionChange(models.Model):
    """Users were taken out of the counts, or counted again: by whom, when, and what was before, so it can be undone.

    `before` maps each changed user's key to [excluded_at, key of excluded_by].
    """

    excluded = models.BooleanField()  # False: counted again
    before = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("people.Member", models.SET_NULL, null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Member", models.SET_NULL, null=True, related_name="+")


class Identity(models.Model):
    """One id by which a user is known to SDKs (login id, anonymous id, e-mail id …).

    `home` is the user this id is when nobody claims it, `user` whose it is now: accounts.owner decides. `traits` maps
    a field to [time in microseconds, value] of its latest call. `changed_body` is the inbox id of the last body that
    changed whose its events are or which account they belong to; the loader repeats that repair after a crash.
    `only_in_files`: nothing names it but rows of files; once they are taken back, its user goes. `anonymous` is as the
    others say.
    """

    external_id = models.CharField(max_length=300, unique=True)
    home = models.OneToOneField(User, models.CASCADE, related_name="own_identity")
    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    anonymous = models.BooleanField(default=False)
    only_in_files = models.BooleanField(default=False)
    traits = models.JSONField(default=dict)
    changed_body = models.BigIntegerField(default=0, db_index=True)


class IdentityClaim(models.Model):
    """A call said that `identity` and `claimed_by` are one person; `at` is the earliest time it was said."""

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="claims")
    claimed_by = models.ForeignKey(Identity, models.CASCADE, related_name="claimed")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["identity", "claimed_by"], name="one_claim_per_pair")]


class UserLink(models.Model):
    """From `since` (event time of the call that said so) the id's user belongs to the account, until a later link.

    Of the calls of one hour that say the same the first is kept, and so it is of the statements of files, by themselves
    (`from_file`): those can be taken back. `user` follows identity.user.
    """

    identity = models.ForeignKey(Identity, models.CASCADE, related_name="links")
    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    account = models.ForeignKey(Account, models.CASCADE, related_name="links", db_index=False)
    since = models.DateTimeField()
    from_file = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["account", "user"])]
        constraints = [
            models.UniqueConstraint(
                fields=["identity", "account", "since", "from_file"], name="one_link_per_identity_and_time"
            )
        ]


class FileStatement(models.Model):
    """What a row of an imported file said of an id: that it belonged to `account` (null: to none) from `at` on, and
    `traits`. Kept beside what others say, by the key of its message, so that it can be taken back.
    """

    message = models.CharField(max_length=32, unique=True)  # events.rows.message_key, in hexadecimal digits
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="file_statements")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    traits = models.JSONField(default=dict)


class FileMention(models.Model):
    """Rows of an imported file name the id beside those that state something of it; `file` is the import's number."""

    file = models.CharField(max_length=20)
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="file_mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "identity"], name="one_mention_per_file")]


class GoneUser(models.Model):
    """A user whom nothing names any more, by number; `body` is the inbox id of the body that took them away.

    The loader tells a warehouse that has not come so far; see Identity.changed_body.
    """

    user_id = models.BigIntegerField(unique=True)
    body = models.BigIntegerField(db_index=True)
