"""Why an item or a request was refused: a closed list, each named in docs/events.md."""

from enum import StrEnum


class Reason(StrEnum):
    # whole requests
    UNKNOWN_KEY = "unknown_key"
    BODY_TOO_LARGE = "body_too_large"
    BAD_ENCODING = "bad_encoding"
    BAD_JSON = "bad_json"
    BAD_SHAPE = "bad_shape"
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
