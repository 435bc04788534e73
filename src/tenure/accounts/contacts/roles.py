"""The roles in the decision chain: their words, and how people write them in files."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from tenure.accounts.models import DecisionRole
from tenure.ui.text import Text

LABELS: Final[Mapping[DecisionRole, Text]] = {
    DecisionRole.DECISION_MAKER: _("Decision maker"),
    DecisionRole.CHAMPION: _("Champion"),
    DecisionRole.USER: _("User"),
    DecisionRole.BLOCKER: _("Blocker"),
}
#: The name of each in files and addresses.
NAMES: Final = {role: str(role.name).lower() for role in LABELS}
_WORDS: Final = {
    **{name: role for role, name in NAMES.items()},
    "decision maker": DecisionRole.DECISION_MAKER,
    "decider": DecisionRole.DECISION_MAKER,
    "buyer": DecisionRole.DECISION_MAKER,
    "决策人": DecisionRole.DECISION_MAKER,
    "决策者": DecisionRole.DECISION_MAKER,
    "sponsor": DecisionRole.CHAMPION,
    "支持者": DecisionRole.CHAMPION,
    "拥护者": DecisionRole.CHAMPION,
    "end user": DecisionRole.USER,
    "使用者": DecisionRole.USER,
    "用户": DecisionRole.USER,
    "detractor": DecisionRole.BLOCKER,
    "反对者": DecisionRole.BLOCKER,
    "阻碍者": DecisionRole.BLOCKER,
}
_BETWEEN: Final = re.compile(r"[,;|/，；、\n]")


def roles_of(bits: int) -> list[DecisionRole]:
    """The single roles of a contact, in the order of the decision."""
    return [role for role in LABELS if bits & role]


def read_roles(text: str) -> tuple[int, list[str]]:
    """The bits of roles written as words, and the words nobody knows."""
    bits, unknown = 0, []
    for word in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        role = _WORDS.get(" ".join(word.casefold().replace("_", " ").replace("-", " ").split()))
        role = role or _WORDS.get(word.casefold())
        if role is None:
            unknown.append(word)
        else:
            bits |= role
    return bits, unknown


def write_roles(bits: int) -> str:
    """As a file has them: "decision_maker, champion"."""
    return ", ".join(NAMES[role] for role in roles_of(bits))


def holding(role: DecisionRole) -> list[int]:
    """Every combination that includes the role, for a filter that an index answers."""
    return [bits for bits in range(1 << len(LABELS)) if bits & role]
