"""A link with which a member who lost their password sets a new one, made by an owner or an admin."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.people.members import MemberNotActive, may_make_owners, subject
from tenure.people.models import Member, Role

LINK_MADE = verb("password.link_made", gettext_lazy("{by} made a link for {subject} to set a new password"), False)


def make_link_key(member: Member, actor: Member) -> tuple[str, str]:
    """Who and the key of the link; it works once, for a day. Raises OnlyOwners, MemberNotActive."""
    with transaction.atomic():
        if member.role == Role.OWNER:
            may_make_owners(actor)
        if not member.is_active:
            raise MemberNotActive(_("The access of %(name)s has ended.") % {"name": member})
        record(LINK_MADE, actor, subject=subject(member))
    return user_pk_to_url_str(member), default_token_generator.make_token(member)
