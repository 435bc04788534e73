"""Conditions on lists of ids: a few stand in the statement, many come as a table."""

from collections.abc import Collection

FEW = 64

Tables = dict[str, Collection[int]]


def among(column: str, ids: Collection[int], name: str, tables: Tables) -> str:
    """SQL that is true for these ids; a long list is added to `tables` under `name` (see Connection.read)."""
    if len(ids) > FEW:
        tables[name] = ids
        return f"{column} in (select id from {name})"
    return f"{column} in ({', '.join(str(int(each)) for each in ids)})" if ids else "false"
