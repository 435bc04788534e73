from dataclasses import replace

from tenure.lib import clock
from tenure.lib.instants import to_us
from tenure.upkeep.status import read_status
from tests.upkeep.conftest import NOW


def status(house, *, config=None, store="own", after_s=0, **options):
    store = house.store if store == "own" else store
    return read_status(config or house.config, house.inbox, store, to_us(NOW) + after_s * 1_000_000, **options)


def test_it_has_nothing_to_say_when_all_is_well(house):
    found = status(house)
    assert (found.waiting, found.oldest_wait_s, found.problems) == (0, 0, ())
    assert found.free_bytes > 0


def test_it_tells_that_the_disk_is_full(house):
    [problem] = status(house, config=replace(house.config, min_free_disk=2**62)).problems
    assert "disk is almost full" in problem


def test_it_tells_that_too_much_waits(house):
    house.take(5, 6, 7)
    assert status(house, config=replace(house.config, inbox_max_backlog=4)).problems == ()
    found = status(house, config=replace(house.config, inbox_max_backlog=3))
    assert found.waiting == 3
    assert "Too many events wait" in found.problems[0]


def test_it_tells_that_loading_lags(house):
    clock.set_clock(lambda: NOW)
    house.take(5)
    assert status(house, after_s=120).problems == ()
    found = status(house, after_s=300)
    assert found.oldest_wait_s == 300
    assert found.problems == ("Loading lags: the numbers are 5 minutes behind.",)


def test_it_tells_that_the_warehouse_is_away(house):
    [problem] = status(house, store=None).problems
    assert "The warehouse is not open" in problem


def test_it_misses_no_warehouse_where_another_process_has_it(house):
    assert status(house, store=None, has_warehouse=False).problems == ()
