"""The verbs of follow-ups and promises."""

from django.utils.translation import gettext_lazy as _

from tenure.activity.verbs import verb

#: The timeline shows follow-ups themselves, as they read today; their activities are for the audit log.
LOGGED = verb("followup.logged", _("{by} logged a follow-up: {subject}"))
EDITED = verb("followup.edited", _("{by} edited the follow-up {subject}"), on_timeline=False)
FILE_REMOVED = verb(
    "followup.file_removed", _("{by} removed the file {file} of the follow-up {subject}"), on_timeline=False
)
REMOVED = verb("followup.removed", _("{by} removed the follow-up {subject}"), on_timeline=False)
RESTORED = verb("followup.restored", _("{by} put the follow-up {subject} back"), on_timeline=False)

TAKEN_BACK = verb(
    "followup.taken_back",
    _("{by} took back follow-ups of an import: {removed} removed, {changed} as before"),
    on_timeline=False,
    keeps=False,
)

KEPT = verb("promise.kept", _("{by} kept a promise: {subject}"))
REOPENED = verb("promise.reopened", _("{by} reopened a promise: {subject}"))
MOVED = verb("promise.moved", _("{by} moved a promise from {before} to {after}: {subject}"))
