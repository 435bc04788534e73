"""The tables on ClickHouse (what they mean: tenure.warehouse.schema).

A row is replaced by inserting its key again with a higher `version`, and taken away with `gone` = 1; reads say FINAL.
Monthly partitions hold every version of a key, so FINAL never has to look across them. Events are sorted by day
first: looking for duplicates, counting a day again and every metric's window then read those days only. Roll-ups are
sorted by account first, for the pages of one customer.
"""

from tenure.warehouse.schema import EVENT

EVENT_COLUMNS = ", ".join(EVENT.names)

_EVENT_FIELDS = """
    message_id FixedString(16),
    account_id UInt32,
    user_id UInt32,
    identity_id UInt32,
    event_id UInt32,
    time DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    day Date32,
    received_at DateTime64(6, 'UTC') CODEC(Delta, ZSTD),
    explicit Bool,
    properties String CODEC(ZSTD)"""

_HEALTH_FIELDS = """
    account_id UInt32,
    day Date32,
    health_score Nullable(Float64),
    health_state Nullable(UInt8),
    health_version Nullable(UInt32)"""

_VERSION = "version UInt64 CODEC(Delta, ZSTD), gone UInt8 DEFAULT 0"

REPLACING = {
    "event": (
        f"{_EVENT_FIELDS}, {_VERSION},"
        " INDEX by_user user_id TYPE bloom_filter GRANULARITY 1,"
        " INDEX by_identity identity_id TYPE bloom_filter GRANULARITY 1",
        "PARTITION BY toYYYYMM(day) PRIMARY KEY (day, account_id)"
        " ORDER BY (day, account_id, event_id, user_id, message_id)",
    ),
    "event_day": (
        f"account_id UInt32, event_id UInt32, day Date32, count UInt64, users UInt32, {_VERSION}",
        "PARTITION BY toYYYYMM(day) ORDER BY (account_id, day, event_id)",
    ),
    "user_day": (
        f"account_id UInt32, user_id UInt32, day Date32, count UInt64, value_count UInt64, {_VERSION}",
        "PARTITION BY toYYYYMM(day) ORDER BY (account_id, day, user_id)",
    ),
    "account_user": (
        f"account_id UInt32, user_id UInt32, linked Bool, first_day Date32, {_VERSION}",
        "ORDER BY (account_id, user_id, linked)",
    ),
    "account": (
        f"account_id UInt32, name_sort String, search_text String, first_day Nullable(Date32), {_VERSION}",
        "ORDER BY account_id",
    ),
    "event_dim": (f"event_id UInt32, event_class UInt8, feature Int64, {_VERSION}", "ORDER BY event_id"),
    "excluded_user": (f"user_id UInt32, {_VERSION}", "ORDER BY user_id"),
    "merged_account": (f"account_id UInt32, into_id UInt32, {_VERSION}", "ORDER BY account_id"),
    "fact": (
        "id UInt64, account_id UInt32, field String, text String CODEC(ZSTD), valid_us Int64 CODEC(Delta, ZSTD),"
        f" recorded_us Int64 CODEC(Delta, ZSTD), corrects UInt64, withdrawal Bool, {_VERSION}",
        "ORDER BY id",
    ),
    "account_day": (f"{_HEALTH_FIELDS}, {_VERSION}", "PARTITION BY toYYYYMM(day) ORDER BY (day, account_id)"),
    "account_day_known": (f"{_HEALTH_FIELDS}, {_VERSION}", "PARTITION BY toYYYYMM(day) ORDER BY (day, account_id)"),
    "dirty_day": (f"day Date32, {_VERSION}", "ORDER BY day"),
}

KEPT = {  # rows of these are never replaced
    "load": (
        "load UInt64, position UInt64, added UInt64, duplicates UInt64, loaded_at DateTime64(6, 'UTC')",
        "ORDER BY load",
    ),
    "touched": ("load UInt64, account_id UInt32, user_id UInt32, day Date32", "ORDER BY (load, day, account_id)"),
    "lost": ("load UInt64, account_id UInt32, user_id UInt32, day Date32", "ORDER BY (load, day, account_id)"),
    "affected": ("load UInt64, user_id UInt32", "ORDER BY (load, user_id)"),
}

STAGING = {  # what one append brings along; emptied by the next
    "incoming": f"{_EVENT_FIELDS}, n UInt32",
    "fresh": _EVENT_FIELDS,
    "moved": f"{_EVENT_FIELDS}, new_account UInt32, new_user UInt32",
    "withdrawn": "message_id FixedString(16)",
    "gone": _EVENT_FIELDS,
    "place": "day Date32, account_id UInt32",
    "reassigned": "identity_id UInt32, user_id UInt32",
    "span": "n UInt32, user_id UInt32, account_id UInt32, since DateTime64(6, 'UTC'), until DateTime64(6, 'UTC')",
    "link": "account_id UInt32, user_id UInt32, first_day Date32",
    "pair": (
        "account_id UInt32, user_id UInt32, linked Bool, first_before Nullable(Date32), first_now Nullable(Date32)"
    ),
}

_DURABLE = "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1"


def statements(replicated: bool) -> list[str]:
    """CREATE TABLE of every table that is not there yet."""
    prefix = "Replicated" if replicated else ""
    made = [
        f"CREATE TABLE IF NOT EXISTS {name} ({columns}) ENGINE = {prefix}ReplacingMergeTree(version, gone) {order}"
        f" {_DURABLE}"
        for name, (columns, order) in REPLACING.items()
    ]
    made += [
        f"CREATE TABLE IF NOT EXISTS {name} ({columns}) ENGINE = {prefix}MergeTree {order} {_DURABLE}"
        for name, (columns, order) in KEPT.items()
    ]
    made += [f"CREATE TABLE IF NOT EXISTS {name} ({columns}) ENGINE = Memory" for name, columns in STAGING.items()]
    return made
