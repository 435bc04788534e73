"""Passwords of other systems: encrypted with a key made of this installation's secret key.

A copy of the database alone gives none away. Whoever has the data folder or the secret key has them.
"""

import base64
import json
from collections.abc import Mapping
from hashlib import blake2b

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from tenure.integrations.errors import SourceFailed


def seal(secrets: Mapping[str, str]) -> str:
    """The secrets as a text that is worth nothing without the key; "" for none."""
    if not any(secrets.values()):
        return ""
    return _fernet().encrypt(json.dumps(dict(secrets)).encode()).decode()


def unseal(text: str) -> dict[str, str]:
    """The secrets; raises SourceFailed when they were sealed with another key."""
    if not text:
        return {}
    try:
        found: dict[str, str] = json.loads(_fernet().decrypt(text.encode()))
    except InvalidToken:
        said = _("The secret key of this installation was changed: the password must be typed in again.")
        raise SourceFailed(said) from None
    return found


def _fernet() -> Fernet:
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"tenure.sync").digest()
    return Fernet(base64.urlsafe_b64encode(key))
