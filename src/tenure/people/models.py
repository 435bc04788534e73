"""Members: the people of the vendor who use Tenure."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    LEADER = "leader", _("Leader")
    CSM = "csm", _("CSM")
    CONTRIBUTOR = "contributor", _("Contributor")
    VIEWER = "viewer", _("Viewer")


class Theme(models.TextChoices):
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    AUTO = "auto", _("Auto")


class MemberManager(BaseUserManager["Member"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser):
    """A person who signs in. `language` and `theme` are empty until chosen."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.VIEWER)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)  # Django's login reads this name
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = MemberManager()

    def __str__(self) -> str:
        return self.name or self.email


class FirstRun(models.Model):
    """The one row that says the first owner has been made: its fixed key lets only one of two racing requests win."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True)
    at = models.DateTimeField()
