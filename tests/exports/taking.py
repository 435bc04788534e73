"""Takes a list away as the Export button of its page does."""

import csv
import io
from typing import Any

from django.http import StreamingHttpResponse
from django.test import Client


def take(client: Client, name: str, query: str = "", format: str = "csv", **extra: Any) -> Any:
    """What the button answers: a download, or the way to one's files."""
    return client.post(f"/settings/exports/make/{name}/?{query}", {"format": format}, **extra)


def content(response: StreamingHttpResponse) -> bytes:
    return b"".join(response.streaming_content)


def rows(response: StreamingHttpResponse) -> list[dict[str, str]]:
    """The rows of a CSV file by their heads."""
    return list(csv.DictReader(io.StringIO(content(response).decode("utf-8-sig"))))
