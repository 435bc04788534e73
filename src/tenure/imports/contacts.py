"""Imports a file of contacts. They are rows of the operational database, so they do not pass through the inbox.

Running a file again, or one that overlaps it, changes nothing. Rows that cannot be kept are in the quarantine with
their reason, once however often the file is imported, and stop nothing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tenure.accounts.contacts.details import BadContact, Details, checked
from tenure.accounts.contacts.keeping import keep_contacts
from tenure.accounts.models import Account, Identity, UserLink
from tenure.events.models import QuarantinedItem, Source
from tenure.events.reasons import Reason
from tenure.imports.files import Imported, Progress
from tenure.imports.mapping import Lookup, choose_fields
from tenure.imports.table import BadRow, Row, Table, digest
from tenure.lib import clock
from tenure.people.models import Member

_DETAILS: Final = ("name", "phones", "wechat", "email", "title", "roles", "joined_on", "left_on", "note")
_MAX_RAW: Final = 32 * 1024
_EVERY: Final = 1000  # rows between two words of progress


def import_contacts(
    path: Path,
    source: Source,
    *,
    mapping: Mapping[str, str] | None = None,
    lookups: Sequence[Lookup] = (),
    actor: Member | None = None,
    progress: Progress = lambda done, size: None,
    dry_run: bool = False,
) -> Imported:
    """Imports contacts of accounts that are known. `mapping`: field -> column. A dry run only reads and checks.

    Raises BadImport before anything is written when file or mapping do not fit.
    """
    table = Table(path)
    fields = choose_fields("contacts", table.columns, mapping or {}, lookups)
    rows = [(row, _texts(row, fields.readers)) for row in table.rows()]
    names = _Names.of([texts for _, texts in rows])
    done, found, refused = Imported(), [], []
    for number, (row, texts) in enumerate(rows, 1):
        problem = ""
        try:
            found.append(names.contact(row, texts))
        except BadContact as bad:
            problem = str(bad)
            refused.append((number, row, problem))
        done.note(number, (Reason.BAD_CONTACT, problem) if problem else None)
        if number % _EVERY == 0:
            progress(table.done, table.size)
    if not dry_run:
        keep_contacts(found, actor, source.name, by=str(actor or source.name))
        _keep_refused(refused, source, digest(path, "contacts", mapping, lookups))
    progress(table.size, table.size)
    return done


def _texts(row: Row, readers: Mapping[str, Any]) -> dict[str, str]:
    return {} if isinstance(row, BadRow) else {field: read(row) for field, read in readers.items()}


class _Names:
    """The accounts and users that a file names, looked up all at once."""

    def __init__(self, accounts: Mapping[str, int], users: Mapping[str, int], linked: set[tuple[int, int]]) -> None:
        self._accounts, self._users, self._linked = accounts, users, linked

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, str]]) -> "_Names":
        accounts = {texts["account"] for texts in rows if texts.get("account")}
        identities = {texts["user"] for texts in rows if texts.get("user")}
        known = Account.objects.filter(external_id__any_of=accounts).values_list("external_id", "id")
        users = dict(Identity.objects.filter(external_id__any_of=identities).values_list("external_id", "user_id"))
        links = UserLink.objects.filter(user_id__any_of=set(users.values())).values_list("account_id", "user_id")
        return cls(dict(known), users, set(links))

    def contact(self, row: Row, texts: Mapping[str, str]) -> tuple[int, Details]:
        """(account id, details) of a row; raises BadContact that says everything that is wrong with it."""
        if isinstance(row, BadRow):
            raise BadContact({"row": row.problem})
        account_id = self._accounts.get(texts["account"])
        if account_id is None:
            raise BadContact({"account": f"There is no account {texts['account']!r}."})
        user_id = self._users.get(texts["user"]) if texts.get("user") else None
        if texts.get("user") and (account_id, user_id) not in self._linked:
            raise BadContact({"user": f"The account has no user {texts['user']!r}."})
        said = {field: texts.get(field, "") for field in _DETAILS} | {"external_id": texts.get("id", "")}
        return account_id, checked(said, user_id)


def _keep_refused(refused: Sequence[tuple[int, Row, str]], source: Source, file: str) -> None:
    rows = [
        QuarantinedItem(
            file_row=f"{file}:{number}",
            source=source,
            wire_format="contacts",
            reason=Reason.BAD_CONTACT,
            detail=problem[:500],
            raw=_raw(row)[:_MAX_RAW].replace("\0", "�"),
            received_at=clock.now(),
        )
        for number, row, problem in refused
    ]
    QuarantinedItem.objects.bulk_create(rows, batch_size=100, ignore_conflicts=True)


def _raw(row: Row) -> str:
    return row.text if isinstance(row, BadRow) else msgspec.json.encode(dict(row)).decode()
