"""The demo's segments: conditions this installation understands, shared, in both languages, once."""

from datetime import date
from zoneinfo import ZoneInfo

from tenure.demo.people import COLLEAGUES, DOMAIN
from tenure.demo.segments import SEGMENTS, save_segments
from tenure.health.builtin import install_metrics
from tenure.people.models import Member
from tenure.segments.models import Segment, Sharing

LAST = date(2026, 11, 21)


def test_it_saves_them_for_everybody_and_only_once(db):
    install_metrics()
    leaders = {each.owner for each in SEGMENTS}
    for each in COLLEAGUES:
        if each.mailbox in leaders:
            Member.objects.create_user(f"{each.mailbox}@{DOMAIN}", name=each.name, role=each.role)
    save_segments(LAST, ZoneInfo("Asia/Shanghai"))
    save_segments(LAST, ZoneInfo("Asia/Shanghai"))

    assert [each.name for each in Segment.objects.order_by("-created_at")] == [
        each.name for each in sorted(SEGMENTS, key=lambda each: each.ago)
    ]
    assert set(Segment.objects.values_list("sharing", flat=True)) == {Sharing.ALL}
    assert {each.owner.name for each in Segment.objects.all()} == {"Daniel Weber", "沈悦", "Claire Dubois"}
