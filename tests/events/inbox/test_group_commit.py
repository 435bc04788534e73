"""Requests that wait together share a commit, and none hears of success before it."""

import asyncio
import threading

import pytest

from tenure.events.inbox.group_commit import GroupCommit
from tenure.events.inbox.sqlite import SqliteInbox
from tenure.events.inbox.store import InboxUnavailable
from tests.events.inbox.conftest import arrival


class SlowInbox(SqliteInbox):
    """A real inbox on a disk that waits to be let go on."""

    def __init__(self, path) -> None:
        super().__init__(path)
        self.go_on = threading.Event()
        self.groups: list[int] = []

    def put(self, arrivals):
        self.groups.append(len(arrivals))
        assert self.go_on.wait(60)
        return super().put(arrivals)


@pytest.fixture
def inbox(tmp_path):
    opened = SlowInbox(tmp_path / "inbox.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def commits(inbox):
    opened = GroupCommit(inbox, max_pending_bytes=10_000)
    yield opened
    inbox.go_on.set()
    opened.close()


def test_it_shares_one_commit_among_those_who_wait(inbox: SlowInbox, commits: GroupCommit):
    async def send() -> list[int]:
        first = asyncio.create_task(commits.put(arrival(0)))
        while not inbox.groups:
            await asyncio.sleep(0.005)
        rest = [asyncio.create_task(commits.put(arrival(n))) for n in range(1, 101)]
        await asyncio.sleep(0.05)
        inbox.go_on.set()
        return await asyncio.gather(first, *rest)

    assert asyncio.run(send()) == list(range(1, 102))
    assert inbox.groups == [1, 100]
    assert [int(body.request.body[:6]) for body in inbox.after(0, 200, 10**6)] == list(range(101))


def test_it_says_nothing_before_the_commit(inbox: SlowInbox, commits: GroupCommit):
    async def send() -> bool:
        waiting = asyncio.create_task(commits.put(arrival(0)))
        await asyncio.sleep(0.1)
        early = waiting.done()
        inbox.go_on.set()
        await waiting
        return early

    assert asyncio.run(send()) is False


def test_it_tells_everyone_when_the_commit_fails_and_works_again_after(inbox: SlowInbox, commits: GroupCommit):
    inbox.go_on.set()
    inbox._writer.execute("PRAGMA max_page_count = 1")  # SQLite then says: database or disk is full

    async def send(size: int) -> list[object]:
        return await asyncio.gather(*(commits.put(arrival(n, size)) for n in range(2)), return_exceptions=True)

    failed = asyncio.run(send(4500))
    assert [type(each) for each in failed] == [InboxUnavailable] * 2
    assert inbox.last_id() == 0
    inbox._writer.execute("PRAGMA max_page_count = 1000000")
    assert asyncio.run(send(4500)) == [1, 2]


def test_it_takes_no_more_than_its_memory_may_hold(inbox: SlowInbox, commits: GroupCommit):
    async def send() -> list[object]:
        waiting = [asyncio.create_task(commits.put(arrival(n, 4000))) for n in range(3)]
        await asyncio.wait(waiting, timeout=0.1)
        refused = waiting[2].exception()
        inbox.go_on.set()
        return [*await asyncio.gather(*waiting[:2]), type(refused), await commits.put(arrival(3, 4000))]

    assert asyncio.run(send()) == [1, 2, InboxUnavailable, 3]


def test_it_commits_though_a_waiter_gave_up(inbox: SlowInbox, commits: GroupCommit):
    async def send() -> int:
        gone = asyncio.create_task(commits.put(arrival(0, 6000)))
        await asyncio.sleep(0.05)
        gone.cancel()
        inbox.go_on.set()
        return await commits.put(arrival(1, 4000))

    assert asyncio.run(send()) == 2


def test_it_commits_what_waits_before_it_closes(inbox: SlowInbox, commits: GroupCommit):
    async def send() -> object:
        waiting = asyncio.create_task(commits.put(arrival(0)))
        await asyncio.sleep(0)
        closing = asyncio.get_running_loop().run_in_executor(None, commits.close)
        inbox.go_on.set()
        await closing
        with pytest.raises(InboxUnavailable):
            await commits.put(arrival(1))
        return await waiting

    assert asyncio.run(send()) == 1
    assert inbox.last_id() == 1
