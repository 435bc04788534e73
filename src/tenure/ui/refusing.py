"""What a verb refuses, told to whoever asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from tenure.lib.errors import TenureError


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """A verb that refuses in here ends the block, and the next page says why; it undid itself."""
    try:
        yield
    except TenureError as error:
        messages.error(request, str(error))
