"""The process's one open inbox. The server and the command line open it; everything else asks for it here."""

from tenure.events.inbox.store import Inbox, InboxUnavailable

_inbox: Inbox | None = None


def use(inbox: Inbox | None) -> None:
    """Sets the process's inbox; None when it is closed."""
    global _inbox
    _inbox = inbox


def inbox() -> Inbox:
    """The open inbox; raises InboxUnavailable in a process that did not open it."""
    if _inbox is None:
        raise InboxUnavailable("The inbox is not open in this process.")
    return _inbox
