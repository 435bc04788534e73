import asyncio

import pytest

from tenure.events.receive.deadline import Deadline


def test_it_gives_what_was_in_time():
    async def work() -> int:
        await asyncio.sleep(0.01)
        return 7

    assert asyncio.run(Deadline(1).within(work())) == 7


def test_it_stops_what_takes_too_long_and_only_that():
    stopped = []

    async def work(seconds: float) -> float:
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            stopped.append(seconds)
            raise
        return seconds

    async def several() -> list[object]:
        deadline = Deadline(0.3)
        first = await asyncio.gather(
            *(deadline.within(work(seconds)) for seconds in (5, 0.01, 6)), return_exceptions=True
        )
        second = await asyncio.gather(deadline.within(work(7)), return_exceptions=True)  # after all had ended
        return [type(each) for each in (*first, *second)]

    assert asyncio.run(several()) == [TimeoutError, float, TimeoutError, TimeoutError]
    assert stopped == [5, 6, 7]


def test_it_lets_others_cancel():
    async def cancelled() -> None:
        task = asyncio.create_task(Deadline(5).within(asyncio.sleep(5)))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())


def test_it_passes_errors_on():
    async def work() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        asyncio.run(Deadline(1).within(work()))
