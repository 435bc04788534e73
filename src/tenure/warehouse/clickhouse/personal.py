"""What is held about single people: where they are, and their events' properties, which may have to go."""

from collections.abc import Collection

from tenure.warehouse.clickhouse.room import Room

_THEIRS = "identity_id IN ({ids}) AND properties != '{{}}'"


class Personal(Room):
    """erase_properties and accounts_of_users."""

    def erase_properties(self, identity_ids: Collection[int]) -> int:
        """See Store. A mutation writes the parts anew; ClickHouse deletes the old ones some minutes later."""
        if not identity_ids:
            return 0
        theirs = _THEIRS.format(ids=", ".join(str(int(each)) for each in sorted(identity_ids)))
        with self.appending:  # an append under way may hold rows that it is about to write again
            count = int(self.connection.stored(f"SELECT count() FROM event WHERE {theirs}")[0][0])
            if count:
                self.connection.write(f"ALTER TABLE event UPDATE properties = '{{}}' WHERE {theirs}")
        return count

    def accounts_of_users(self, user_ids: Collection[int]) -> list[int]:
        """See Store."""
        sql = """
            SELECT DISTINCT account_id FROM account_user FINAL
            WHERE account_id != 0 AND user_id IN {users:Array(UInt32)} ORDER BY account_id"""
        return [account for (account,) in self.connection.rows(sql, {"users": sorted(user_ids)})]
