"""Each file that is made is written down: who took which list, narrowed to what, and how many rows."""

from django.db import transaction
from django.utils.translation import gettext_lazy

from tenure.activity.recording import ADDRESS, VIA, record
from tenure.activity.verbs import verb
from tenure.people.models import Member
from tenure.ui.listing import title_of

MADE = verb("export.made", gettext_lazy("{by} exported {rows} rows of {what} as {format}"), False, {"what": title_of})
LONGEST_QUERY = 1_000


def record_made(
    member: Member | None, listing: str, format: str, query: str, rows: int, address: str = "", via: str = ""
) -> None:
    """Writes the activity. `address` and `via`, the API token, are those of a request that is over, where one was."""
    detail = {"what": listing, "format": format, "query": query[:LONGEST_QUERY], "rows": rows}
    of_address, of_token = ADDRESS.set(address or ADDRESS.get()), VIA.set(via or VIA.get())
    try:
        with transaction.atomic():
            record(MADE, member, detail=detail)
    finally:
        ADDRESS.reset(of_address)
        VIA.reset(of_token)
