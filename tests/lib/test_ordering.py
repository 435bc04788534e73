"""The order of rows is that of every database."""

from datetime import UTC, datetime

import pytest

from tenure.lib.ordering import by
from tenure.people.models import Department, Member
from tenure.segments.models import Segment
from tenure.work.models import FollowUp


@pytest.mark.parametrize(("field", "expected"), [("last_seen_at", "ann bob zed"), ("department__name", "bob ann zed")])
def test_it_has_rows_without_a_value_last_either_way(db, field, expected):
    first, second = (Department.objects.create(name=name) for name in ("East", "West"))
    for day, name, department in ((1, "ann", second), (2, "bob", first), (None, "zed", None)):
        seen = day and datetime(2026, 6, day, tzinfo=UTC)
        Member.objects.create_user(f"{name}@example.com", name=name, department=department, last_seen_at=seen)

    def named(descending: bool) -> str:
        return " ".join(each.name for each in Member.objects.order_by(by(Member, field, descending=descending)))

    assert named(False) == expected
    one, other, without = expected.split()
    assert named(True) == f"{other} {one} {without}"


@pytest.mark.parametrize(
    ("model", "field", "may_be_empty"),
    [
        (FollowUp, "at", False),
        (FollowUp, "type__position", False),
        (FollowUp, "account__merged_into__name", True),
        (FollowUp, "created_by__name", True),
        (FollowUp, "sentiment", True),
        (Segment, "how_many", True),
    ],
)
def test_it_leaves_alone_what_an_index_serves(model, field, may_be_empty):
    assert bool(by(model, field).nulls_last) is bool(by(model, field, descending=True).nulls_last) is may_be_empty
