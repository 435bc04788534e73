"""Activities in words."""

from collections import defaultdict
from typing import Any

from tenure.activity.models import Activity
from tenure.activity.verbs import VERBS


def sentence(activity: Activity, particular: dict[str, Any] | None = None) -> str:
    """What was done, in the active language, as plain text: whoever shows it escapes it.

    `particular` is the detail of one account, which counts before the activity's own. A field that is missing is "–".
    """
    verb = VERBS.get(activity.verb)
    if verb is None:  # written by a version that knew more
        return f"{activity.by}: {activity.verb} {activity.subject_name}".strip()
    fields: dict[str, Any] = {**activity.detail, **(particular or {})}
    shown = {name: "–" if value in (None, "") else value for name, value in fields.items()}
    return str(verb.says).format_map(
        defaultdict(lambda: "–", shown, by=activity.by, subject=activity.subject_name or "–")
    )
