"""As whom a command looks or acts."""

from argparse import ArgumentParser

from tenure.lib.errors import TenureError
from tenure.people.models import Member, Role
from tenure.people.permissions import Permission, allows


class NotAllowed(TenureError):
    """Nobody of this name may do this."""


def acts_as(parser: ArgumentParser) -> None:
    """The option of a command that changes something: whoever does it, by name, is in the audit log."""
    parser.add_argument("--as", metavar="EMAIL", dest="email", required=True, help="the member who does this")


def sees_as(parser: ArgumentParser) -> None:
    """The option of a command that shows what a member sees."""
    parser.add_argument("--as", metavar="EMAIL", dest="email", help="what this member sees; all, when left out")


def acting_as(email: str, permission: Permission) -> Member:
    """The member, when they may do this. Raises NotAllowed."""
    member = _member(email)
    if not allows(member, permission):
        raise NotAllowed(f"The role of {member} does not allow this (docs/operating/permissions.md: {permission}).")
    return member


def seen_by(email: str | None) -> Member:
    """The member with whose eyes it is seen: without a name an owner, who sees all. Raises NotAllowed."""
    if email is not None:
        return _member(email)
    owner = Member.objects.filter(role=Role.OWNER, is_active=True).order_by("pk").first()
    if owner is None:
        raise NotAllowed("There is no owner yet. `tenure owner create` makes one.")
    return owner


def _member(email: str) -> Member:
    member = Member.objects.filter(email__iexact=email, is_active=True).first()
    if member is None:
        raise NotAllowed(f"No member who may sign in has the address {email!r}. `tenure member list` shows them.")
    return member
