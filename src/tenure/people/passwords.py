"""New passwords for members who lost theirs: by a link an owner or an admin makes, or from the command line."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.people.members import MemberNotActive, may_make_owners, subject
from tenure.people.models import Member, Role
from tenure.people.sessions import end_all

LINK_MADE = verb("password.link_made", gettext_lazy("{by} made a link for {subject} to set a new password"), False)

GIVEN = verb("password.given", gettext_lazy("{by} gave {subject} a new password"), False)


def make_link_key(member: Member, actor: Member) -> tuple[str, str]:
    """Who and the key of the link; it works once, for a day. Raises OnlyOwners, MemberNotActive."""
    with transaction.atomic():
        if member.role == Role.OWNER:
            may_make_owners(actor)
        if not member.is_active:
            raise MemberNotActive(_("The access of %(name)s has ended.") % {"name": member})
        record(LINK_MADE, actor, subject=subject(member))
    return user_pk_to_url_str(member), default_token_generator.make_token(member)


def give_password(member: Member, password: str, by: str) -> None:
    """Sets a password without the member, whom it signs out everywhere; `by` says who did it."""
    with transaction.atomic():
        member.set_password(password)
        member.save(update_fields=["password"])
        end_all(member)
        record(GIVEN, None, by=by, subject=subject(member))
