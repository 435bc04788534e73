"""What the warehouse holds, in Arrow types shared by both engines. All ids are rows of the operational database.

event         one row an event; account_id 0 = not known yet, user_id and identity_id 0 = none
event_day     (account_id, event_id, day) -> count, users       append-only deltas, made exact by refresh_days; every
                                                                class; users leaves out excluded ones and user_id 0
user_day      (account_id, user_id, day) -> count, value_count  events of class base or value / of class value; no
                                                                user_id 0
account_user  (account_id, user_id) -> first_day, linked        every pair seen in events or linked; user_id 0 = no user
account       account_id, name_sort, search_text, first_day     dimension, for sorting and searching lists
event_dim     event_id, event_class, feature                    class 0 ignored, 1 base, 2 value; feature > 0 a
                                                                Feature's id, < 0 minus the event id (a value event in
                                                                no feature is one of its own), 0 none
merged_account account_id, into_id                          accounts read as another's (store.set_merged)
excluded_user user_id                                           staff and service accounts: never counted as users
fact          one row a fact of the operational database, by its id; see FACT
account_day   (account_id, day) -> health_score, health_state, health_version, m{metric id} ...
account_day_known   the same, as it stood when the day was closed on time; never changed after
position      inbox id up to which bodies are loaded
load          one row a transaction: position, rows added, duplicates, loaded_at
dirty_day     days whose roll-ups or account_day rows are behind the events
"""

import unicodedata

import pyarrow as pa

from tenure.core.health import HealthState as HealthState  # codes of account_day.health_state

EVENT = pa.schema(
    [
        ("message_id", pa.binary(16)),
        ("account_id", pa.uint32()),
        ("user_id", pa.uint32()),
        ("identity_id", pa.uint32()),  # the id the sender used, 0 = none; whose it is may change (store.Reassign)
        ("event_id", pa.uint32()),
        ("time", pa.timestamp("us")),  # UTC
        ("day", pa.date32()),  # in the workspace's zone
        ("received_at", pa.timestamp("us")),  # UTC
        ("explicit", pa.bool_()),  # the event itself named its account: a user's link never changes it
        ("properties", pa.string()),  # JSON object as sent
    ]
)

FACT = pa.schema(
    [
        ("id", pa.uint64()),
        ("account_id", pa.uint32()),
        ("field", pa.string()),
        ("text", pa.string()),  # the value as JSON, "null" where it was taken away
        ("valid_us", pa.int64()),  # true from, in microseconds since 1970 UTC
        ("recorded_us", pa.int64()),
        ("corrects", pa.uint64()),  # the fact it takes the place of; 0 = none
        ("withdrawal", pa.bool_()),  # it only takes that fact away
    ]
)
FACT_BLOCK = 1_000  # ids of facts that are compared together, to find what the copy lacks

HEALTH_COLUMNS = ("health_score", "health_state", "health_version")


def metric_column(metric_id: int) -> str:
    """The account_day column of a metric version; the only place that makes one, so no user text gets into SQL."""
    return f"m{int(metric_id)}"


def is_metric_column(name: str) -> bool:
    return name.isascii() and name[:1] == "m" and name[1:].isdecimal()


def name_sort(name: str, external_id: str) -> str:
    """What lists of accounts are sorted by, as UTF-8 bytes: the same on every engine."""
    return _fold(name or external_id)


def search_text(name: str, external_id: str) -> str:
    """What a search looks in: an account is found when this contains search_needle."""
    return f"{_fold(name)}\n{_fold(external_id)}"


def search_needle(search: str) -> str:
    """The text to look for; empty when there is nothing to look for."""
    return _fold(search.replace("\n", " ").strip())


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
