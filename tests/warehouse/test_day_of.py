"""The day of an instant, as the engines compute it from a zone's offsets."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenure.lib.instants import to_us
from tenure.warehouse.conditions.day_of import DAY_US, offsets, start_us


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
def test_it_is_the_day_in_the_zone_whatever_the_clocks_did(zone):
    zone = ZoneInfo(zone)
    first, last = date(2011, 1, 1), date(2011, 12, 31)  # Samoa left out 30 December 2011
    pieces = offsets(zone, first, last)
    moment = datetime(2011, 1, 2, tzinfo=UTC)
    while moment < datetime(2011, 12, 31, tzinfo=UTC):
        us = to_us(moment)
        ahead = [piece.ahead_us for piece in pieces if piece.since_us <= us][-1]
        assert date(1970, 1, 1) + timedelta(days=(us + ahead) // DAY_US) == moment.astimezone(zone).date()
        moment += timedelta(minutes=30)
    assert pieces[0].since_us == start_us(first, zone)
    assert len(pieces) == {"UTC": 1, "Asia/Shanghai": 1, "Pacific/Apia": 4}.get(zone.key, 3)
