"""Write keys: known at once, gone within two seconds, and the database asked rarely."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tenure.events import keys, sources
from tenure.events.models import Source, WriteKey
from tenure.lib import clock

Now = list[float]


class Database:
    """Stands for the table of keys: what it holds now, and how often it was read."""

    def __init__(self) -> None:
        self.sources: keys.Sources = {"old": (1, 10)}
        self.reads = 0
        self.away = False

    def read(self) -> keys.Sources:
        self.reads += 1
        if self.away:
            raise OSError("away")
        return dict(self.sources)


def run(test: Callable[[keys.WriteKeys, Database, Now], Awaitable[None]]) -> None:
    database, now = Database(), [100.0]
    known = keys.WriteKeys(database.read, lambda: now[0])
    try:
        asyncio.run(test(known, database, now))
    finally:
        known.close()


def test_it_knows_a_key_without_asking_again():
    async def test(known, database, now):
        for _ in range(100):
            assert await known.find("old") == (1, 10)
        assert database.reads == 1

    run(test)


def test_it_refuses_a_key_that_is_unknown_or_missing():
    async def test(known, database, now):
        assert await known.find("old") == (1, 10)
        assert await known.find("nobody's") is None
        assert await known.find("") is None

    run(test)


def test_it_asks_for_unknown_keys_at_most_twice_a_second():
    async def test(known, database, now):
        for tenth in range(100):  # ten seconds
            now[0] = 100 + tenth / 10
            await asyncio.gather(*(known.find(f"guess {tenth} {n}") for n in range(20)))
        assert 10 <= database.reads <= 21

    run(test)


def test_it_lets_a_new_key_in():
    async def test(known, database, now):
        assert await known.find("new") is None
        database.sources["new"] = (2, 20)
        now[0] += 0.6
        assert await known.find("new") == (2, 20)

    run(test)


def test_it_lets_a_key_made_here_in_at_once():
    async def test(known, database, now):
        assert await known.find("new") is None
        database.sources["new"] = (2, 20)
        keys.forget()
        assert await known.find("new") == (2, 20)

    run(test)


def test_it_refuses_a_key_revoked_elsewhere_within_two_seconds():
    async def test(known, database, now):
        assert await known.find("old") == (1, 10)
        database.sources.clear()
        now[0] += 2.01
        assert await known.find("old") is None

    run(test)


def test_it_refuses_a_key_revoked_here_at_once():
    async def test(known, database, now):
        assert await known.find("old") == (1, 10)
        database.sources.clear()
        keys.forget()
        assert await known.find("old") is None

    run(test)


def test_it_reads_the_keys_again_while_requests_go_on():
    async def test(known, database, now):
        await known.find("old")
        database.sources["old"] = (3, 30)
        now[0] += 1.5
        assert await known.find("old") == (1, 10)  # answered from what was known
        await asyncio.sleep(0.05)
        assert await known.find("old") == (3, 30)

    run(test)


def test_it_trusts_the_last_known_keys_while_the_database_is_away_but_not_for_ever():
    async def test(known, database, now):
        await known.find("old")
        database.away = True
        now[0] += 10
        assert await known.find("old") == (1, 10)
        now[0] += 300
        with pytest.raises(keys.KeysUnknown):
            await known.find("old")
        database.away = False
        now[0] += 2
        await known.find("new")
        assert await known.find("old") == (1, 10)

    run(test)


def test_it_says_so_when_the_keys_were_never_read():
    async def test(known, database, now):
        database.away = True
        with pytest.raises(keys.KeysUnknown):
            await known.find("old")

    run(test)


@pytest.mark.django_db
def test_it_reads_the_keys_that_work():
    app, gone = Source.objects.create(name="App"), Source.objects.create(name="Old", archived_at=clock.now())
    good = WriteKey.objects.create(source=app, key="good")
    WriteKey.objects.create(source=app, key="revoked", revoked_at=clock.now())
    WriteKey.objects.create(source=gone, key="archived")
    assert keys.read_sources() == {"good": (app.id, good.id)}


@pytest.mark.django_db(transaction=True)
def test_it_hears_of_every_change_made_here(alice):
    def changed(change: Callable[[], object]) -> bool:
        known = keys.WriteKeys(dict)
        with asyncio.Runner() as loop:
            loop.run(known.find(""))
            before = known._known.changes
            change()
            loop.run(known.find(""))
        known.close()
        return known._known.changes > before

    source = sources.create_source("App", alice)
    first = source.keys.get()
    for change in (
        lambda: sources.rotate_key(source, alice),
        lambda: sources.revoke_key(first, alice),
        lambda: sources.create_source("Site", alice),
        lambda: sources.archive(source, alice),
    ):
        assert changed(change)
