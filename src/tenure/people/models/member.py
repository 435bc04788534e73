"""Members: the people of the vendor who use Tenure."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenure.people.models.department import Department


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    ADMIN = "admin", _("Admin")
    LEADER = "leader", _("Leader")
    CSM = "csm", _("CSM")
    CONTRIBUTOR = "contributor", _("Contributor")
    VIEWER = "viewer", _("Viewer")


class Scope(models.TextChoices):
    """Whose accounts a member sees: those they are in charge of, their department's, that of all below it, or all."""

    OWN = "own", _("Own customers")
    TEAM = "team", _("Their department")
    TREE = "tree", _("Their department and those below it")
    ALL = "all", _("All customers")


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
    """A person who signs in. `language` and `theme` are empty until chosen; an empty `scope` is that of the role."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.VIEWER)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="members")
    scope = models.CharField(max_length=10, choices=Scope.choices, blank=True)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)  # Django's login reads this name
    joined_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True)  # to the minute
    deactivated_at = models.DateTimeField(null=True)  # set exactly while is_active is False

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = MemberManager()

    def __str__(self) -> str:
        return self.name or self.email
