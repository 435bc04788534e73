"""How rows name the account they are about, and which of them there are."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _

from tenure.accounts.models import Account
from tenure.imports.kinds.kind import Setting
from tenure.imports.values.days import Order
from tenure.imports.values.errors import BadCell
from tenure.imports.values.texts import read_text

MAX_ACCOUNT: Final = 200
_IDS: Final = (
    "account_id", "company_id", "customer_id", "client_id", "organization_id", "org_id", "tenant_id",
    "account_no", "account_number", "customer_no", "customer_number", "client_no", "client_number",
    "客户编号", "客户ID", "客户号", "客户代码", "公司编号", "企业ID",
)  # fmt: skip
_WORDS: Final = ("account", "company", "customer", "client", "客户")  # the id or, beside one, the name
#: Usual names of the column that says which customer a row is about.
ACCOUNT_NAMES: Final = (*_IDS, *_WORDS)
#: … and of a customer's own id in a file of customers.
OWN_NAMES: Final = (*_IDS, "external_id", "id", "编号", *_WORDS)


def read_account(cell: Any, setting: Setting, order: Order | None) -> str:
    """The customer's id as the sender knows it; raises BadCell for one that cannot be kept."""
    text = read_text(cell)
    if len(text) > MAX_ACCOUNT:
        raise BadCell(_("At most %(most)d characters.") % {"most": MAX_ACCOUNT})
    if "\0" in text:
        raise BadCell(_("The line has NUL bytes: it is no text."))
    return text


class KnownAccounts:
    """Accounts by the ids that rows name, looked up a chunk at a time."""

    def __init__(self) -> None:
        self._ids: dict[str, tuple[int, str]] = {}
        self._names: dict[int, str] = {}

    def read(self, texts: Iterable[str]) -> None:
        new = set(texts) - self._ids.keys()
        if new:
            rows = Account.objects.filter(external_id__any_of=new).values_list("external_id", "pk", "name")
            for text, pk, name in rows:
                self._ids[text], self._names[pk] = (pk, name or text), name or text

    def id_of(self, text: str) -> int | None:
        found = self._ids.get(text)
        return found[0] if found else None

    def name_of_id(self, account_id: int) -> str:
        return self._names.get(account_id, f"#{account_id}")

    def name_of(self, text: str) -> str:
        found = self._ids.get(text)
        return found[1] if found else text


def unknown(text: str) -> str:
    """What is wrong with a row about an account that is not there."""
    return _("There is no customer “%(id)s”. Import customers first.") % {"id": text[:80]}
