"""Data for scripts, as JSON inside a page."""

import json

from django.utils.safestring import SafeString, mark_safe


def embedded(data: object) -> SafeString:
    """JSON in which nothing looks like markup: it cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026"))  # noqa: S308
