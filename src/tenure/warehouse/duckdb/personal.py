"""What is held about single people: where they are, and their events' properties, which may have to go."""

from collections.abc import Collection

import pyarrow as pa

from tenure.warehouse.duckdb.connection import Connection

_THEIRS = "identity_id in (select id from erased) and properties <> '{}'"


class Personal(Connection):
    def erase_properties(self, identity_ids: Collection[int]) -> int:
        """See Store. The checkpoint writes the columns anew; freed blocks hold old text until they are used again."""
        erased = pa.table({"id": pa.array(sorted(identity_ids), pa.uint32())})
        with self.writing() as transaction:
            transaction.register("erased", erased)
            count = int(transaction.rows(f"select count(*) from event where {_THEIRS}")[0][0])
            if count:
                transaction.execute(f"update event set properties = '{{}}' where {_THEIRS}")
        if count:
            self.checkpoint()
        return count

    def accounts_of_users(self, user_ids: Collection[int]) -> list[int]:
        rows = self.read(
            """select distinct account_id from account_user where account_id <> 0
            and user_id in (select id from wanted) order by account_id""",
            ids={"wanted": user_ids},
        )
        return [account for (account,) in rows]
