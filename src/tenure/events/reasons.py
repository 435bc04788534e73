"""Why an item or a request was refused: a closed list, each named in docs/events.md."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Reason(StrEnum):
    # whole requests
    UNKNOWN_KEY = "unknown_key"
    BODY_TOO_LARGE = "body_too_large"
    BAD_ENCODING = "bad_encoding"
    BAD_JSON = "bad_json"
    BAD_SHAPE = "bad_shape"
    CANNOT_LOAD = "cannot_load"
    # single items
    ITEM_TOO_LARGE = "item_too_large"
    TOO_MANY_PROPERTIES = "too_many_properties"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_TYPE = "unknown_type"
    MISSING_NAME = "missing_name"
    NAME_TOO_LONG = "name_too_long"
    MISSING_USER = "missing_user"
    ID_TOO_LONG = "id_too_long"
    BAD_TIME = "bad_time"
    TIME_OUT_OF_RANGE = "time_out_of_range"
    TOO_MANY_EVENT_NAMES = "too_many_event_names"
    # rows of files
    BAD_CONTACT = "bad_contact"


_WORDS = {
    Reason.UNKNOWN_KEY: _("Unknown write key"),
    Reason.BODY_TOO_LARGE: _("Body too large"),
    Reason.BAD_ENCODING: _("Body cannot be unpacked"),
    Reason.BAD_JSON: _("No valid JSON"),
    Reason.BAD_SHAPE: _("Not the shape of this format"),
    Reason.CANNOT_LOAD: _("Taken, but could not be loaded"),
    Reason.ITEM_TOO_LARGE: _("Item too large"),
    Reason.TOO_MANY_PROPERTIES: _("Too many properties"),
    Reason.NOT_AN_OBJECT: _("Not an object"),
    Reason.UNKNOWN_TYPE: _("Unknown type of call"),
    Reason.MISSING_NAME: _("Event name missing"),
    Reason.NAME_TOO_LONG: _("Event name too long"),
    Reason.MISSING_USER: _("Neither user nor account named"),
    Reason.ID_TOO_LONG: _("Id too long"),
    Reason.BAD_TIME: _("Time cannot be read"),
    Reason.TIME_OUT_OF_RANGE: _("Time too far away"),
    Reason.TOO_MANY_EVENT_NAMES: _("Too many event names"),
    Reason.BAD_CONTACT: _("A contact that cannot be kept"),
}


def explain(reason: Reason) -> str:
    """A reason in a few words, in the reader's language."""
    return str(_WORDS[reason])
