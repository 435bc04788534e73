"""Activities in words."""

from collections import defaultdict
from typing import Any

from tenure.activity.models import Activity
from tenure.activity.verbs import VERBS, Verb


def sentence(activity: Activity, particular: dict[str, Any] | None = None) -> str:
    """What was done, in the active language, as plain text: whoever shows it escapes it.

    `particular` is the detail of one account, which counts before the activity's own; of an activity that concerns one
    account only, give that. A field that is missing is "–".

    A detail named "subject" counts before the subject's name: it may hold it in several languages.
    """
    verb = VERBS.get(activity.verb)
    if verb is None:  # written by a version that knew more
        return f"{activity.by}: {activity.verb} {activity.subject_name}".strip()
    fields: dict[str, Any] = {**activity.detail, **(particular or {})}
    shown = {name: _said(verb, name, value) for name, value in fields.items()}
    shown.setdefault("subject", activity.subject_name or "–")
    says = verb.says
    if verb.of_many and not particular:
        says = verb.of_many
        if "count" not in shown:  # written by a version that did not keep it
            shown["count"] = activity.accounts.count()
    return str(says).format_map(defaultdict(lambda: "–", shown, by=activity.by))


def _said(verb: Verb, name: str, value: Any) -> Any:
    if value in (None, ""):
        return "–"
    return verb.words[name](value) if name in verb.words else value
