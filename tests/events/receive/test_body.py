"""Reading bodies: whole ones within limits, and nothing else."""

import asyncio

import pytest

from tenure.events.receive.body import BodyReader, Crowded, Gone, TooLarge, TooSlow


class Client:
    """Sends its parts one after the other; after None it sends nothing more and stays."""

    def __init__(self, *parts: bytes | None, gone: bool = False) -> None:
        self._parts, self._gone, self.taken = list(parts), gone, 0

    async def receive(self):
        if not self._parts and self._gone:
            return {"type": "http.disconnect"}
        part = self._parts.pop(0)
        if part is None:
            await asyncio.Event().wait()
        self.taken += 1
        return {"type": "http.request", "body": part, "more_body": bool(self._parts) or self._gone}


def read(client: Client, headers: dict[str, str] | None = None, **limits) -> bytes:
    reader = BodyReader(**{"max_body": 100, "max_total": 1000, **limits})
    return asyncio.run(reader.read(client.receive, headers or {}))


def test_it_reads_a_body_in_one_part_or_several():
    assert read(Client(b"x" * 100)) == b"x" * 100
    assert read(Client(b"ab", b"", b"cd")) == b"abcd"


def test_it_refuses_an_announced_body_before_it_is_sent():
    client = Client(b"x" * 101)
    with pytest.raises(TooLarge) as refused:
        read(client, {"content-length": "101"})
    assert (client.taken, refused.value.close) == (0, False)


def test_it_gives_the_connection_up_when_far_too_much_is_announced():
    with pytest.raises(TooLarge) as refused:
        read(Client(b""), {"content-length": str(10**30)})
    assert refused.value.close


def test_it_reads_a_large_body_to_its_end_so_that_the_sender_hears_the_answer():
    client = Client(*[b"x" * 30] * 10)
    with pytest.raises(TooLarge) as refused:
        read(client)
    assert (client.taken, refused.value.close) == (10, False)


def test_it_does_not_read_an_endless_body():
    client = Client(*[b"x" * 100] * 1000)
    with pytest.raises(TooLarge) as refused:
        read(client)
    assert client.taken < 20
    assert refused.value.close


def test_it_gives_up_on_a_sender_that_stops():
    with pytest.raises(TooSlow):
        read(Client(b"ab", None), time_limit_s=0.05)


def test_it_notices_a_sender_that_leaves():
    with pytest.raises(Gone):
        read(Client(b"ab", gone=True))


def test_it_holds_only_so_many_bodies_in_memory():
    reader = BodyReader(max_body=100, max_total=150, time_limit_s=0.2)

    async def crowd() -> bytes:
        slow = [asyncio.create_task(reader.read(Client(b"x" * 60, None).receive, {})) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await reader.read(Client(b"x", b"x" * 50).receive, {})
        for task in slow:
            with pytest.raises(TooSlow):
                await task
        return await reader.read(Client(b"x", b"x" * 50).receive, {})

    assert asyncio.run(crowd()) == b"x" * 51
