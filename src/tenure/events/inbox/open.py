"""Opens the inbox the settings name."""

from tenure.config import Config
from tenure.events.inbox.store import Inbox


def open_inbox(config: Config) -> Inbox:
    """A file in the data folder, or a table beside the rest when TENURE_DATABASE_URL names a PostgreSQL.

    Raises InboxUnavailable.
    """
    if config.database_url:
        from tenure.events.inbox.postgres import PostgresInbox

        return PostgresInbox(config.database_url)
    from tenure.events.inbox.sqlite import SqliteInbox

    return SqliteInbox(config.inbox_path)
