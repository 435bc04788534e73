"""Who enters a segment and leaves it is written down when it is seen, once, with why."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tenure.accounts.models import Account, Fact
from tenure.core.conditions.tree import Asker, Comparison, Leaf
from tenure.segments.asking import Asking
from tenure.segments.catalogue import read_catalogue
from tenure.segments.following import follow_segments
from tenure.segments.matched import Languages
from tenure.segments.models import Membership
from tenure.segments.saving import Draft, archive_segment, change_segment, save_segment
from tenure.segments.tags.following import follow_tags
from tenure.segments.tags.managing import Draft as TagDraft
from tenure.segments.tags.managing import add_tag
from tenure.warehouse.duckdb import DuckDBStore

DAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)
WEAK = Leaf("health.score", Comparison.BELOW, 40.0)


@pytest.fixture
def store(tmp_path):
    opened = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    yield opened
    opened.close()


def test_it_writes_down_who_enters_and_leaves(db, store, alice):
    one, two = (Account.objects.create(external_id=f"a{n}") for n in range(2))
    languages = Languages()
    asking = Asking(store, ZoneInfo("UTC"), read_catalogue().fields)
    segment = save_segment(Draft("Weak", WEAK), actor=alice)
    save_segment(Draft("Mine", Leaf("charge.csm", Comparison.IN, (Asker.ME,))), actor=alice)

    def follow(days: int, first: float, second: float) -> int:
        day = DAY + timedelta(days=days)
        ids, scores = pa.array([one.pk, two.pk], pa.uint32()), pa.array([first, second], pa.float64())
        store.write_day(day, pa.table({"account_id": ids, "health_score": scores}))
        return follow_segments(asking, day, NOW + timedelta(days=days), languages)

    def rows() -> list[tuple[int, int | None, bool, bool]]:
        return [
            (each.account_id, each.left_at and (each.left_at - NOW).days, each.began_by_change, each.ended_by_change)
            for each in Membership.objects.order_by("pk")
        ]

    assert (follow(0, 30, 80), follow(0, 30, 80)) == (1, 0)
    assert rows() == [(one.pk, None, True, False)]  # it was in it when it was saved
    assert follow(1, 60, 35) == 2
    assert rows() == [(one.pk, 1, True, False), (two.pk, None, False, False)]
    entered = Membership.objects.get(account=two).entered
    assert entered["because"]["en"] == "Health score: 35"
    assert (entered["day"], entered["version"], entered["values"]) == ("2026-06-11", 1, {"health.score": 35.0})

    change_segment(segment, Draft("Weak", Leaf("health.score", Comparison.BELOW, 20.0)), actor=alice)
    assert follow(2, 60, 35) == 1
    assert rows()[1] == (two.pk, 2, False, True)
    segment.refresh_from_db()
    assert (segment.version, segment.followed_version) == (2, 2)
    archive_segment(segment, actor=alice)
    assert follow(3, 10, 10) == 0


def test_it_writes_nothing_of_customers_that_only_the_warehouse_still_has(db, store, alice):
    one = Account.objects.create(external_id="one")
    ids = pa.array([one.pk, one.pk + 1], pa.uint32())
    store.write_day(DAY, pa.table({"account_id": ids, "health_score": pa.array([30.0, 30.0])}))
    asking = Asking(store, ZoneInfo("UTC"), read_catalogue().fields)
    save_segment(Draft("Weak", WEAK), actor=alice)
    add_tag(TagDraft("Weak", condition=WEAK), actor=alice)
    assert follow_segments(asking, DAY, NOW, Languages()) == 1
    assert follow_tags(asking, DAY, NOW, Languages())
    assert list(Membership.objects.values_list("account_id", flat=True)) == [one.pk]
    assert list(Fact.objects.values_list("account_id", flat=True)) == [one.pk]
