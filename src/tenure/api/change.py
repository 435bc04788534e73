"""The transaction of a request that changes something."""

from contextlib import ExitStack

from django.db import transaction
from django.http import HttpResponse

from tenure.api import repeating
from tenure.api.request import ApiRequest
from tenure.people.models import KeptAnswer


class Change:
    """What a request does, and the answer that is kept under its Idempotency-Key: both happen or neither does.

    The transaction begins before an operation runs. One that asks another system, which may take long, begins it
    itself (`request.begin`) once it has the answer: nobody else's writing waits for that. It ends with `held`.
    """

    def __init__(self, request: ApiRequest, held: ExitStack) -> None:
        self._request, self._held = request, held
        self._key = repeating.key_of(request)
        self._row: KeptAnswer | None = None
        self.begun = False

    def look(self) -> None:
        """Raises Answered, or Refusal, where the key alone says the answer; the transaction has not begun."""
        if self._key:
            repeating.look(self._request, self._key)

    def begin(self) -> None:
        """From here on all is done or nothing. Raises Answered, or Refusal, as look."""
        self._held.enter_context(transaction.atomic())
        if self._key:
            self._row = repeating.begin(self._request, self._key)
        self.begun = True

    def end(self, response: HttpResponse) -> None:
        """Keeps the answer, or takes back what a refused request did."""
        if not self.begun:
            return
        if response.status_code >= 400:
            transaction.set_rollback(True)
        elif self._row is not None:
            repeating.keep(self._row, response)
