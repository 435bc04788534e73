"""Mails about joining, in the language of whoever gets them."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from tenure.lib.errors import TenureError
from tenure.people.models import Invitation


class NotMailed(TenureError):
    """The mail server did not take the mail."""


def mail_invitation(invitation: Invitation, url: str) -> bool:
    """Sends the link; False when no mail is configured. Raises NotMailed."""
    if not settings.CONFIG.mail_url:
        return False
    with translation.override(invitation.language):
        title = _("You are invited to Tenure")
        text = _(
            "%(by)s invites you to Tenure as %(role)s. Open this link to join; it works once, until %(until)s:"
        ) % {
            "by": invitation.invited_by or "Tenure",
            "role": invitation.get_role_display(),
            "until": f"{invitation.expires_at:%Y-%m-%d}",
        }
    try:
        send_mail(title, f"{text}\n\n{url}\n", None, [invitation.email])
    except (OSError, SMTPException) as error:
        raise NotMailed(_("The mail could not be sent (%(why)s). Copy the link instead.") % {"why": error}) from error
    return True
