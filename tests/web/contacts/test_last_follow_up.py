"""When somebody last spoke to a contact."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tenure.accounts.models import Account, Contact
from tenure.web.contacts.shown import last_follow_ups
from tenure.work.content import Content
from tenure.work.follow_ups import log_follow_up, remove_follow_up
from tenure.work.models import FollowUpType

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
TODAY = NOW.date()


def contact(external_id, name="Ann"):
    account, _made = Account.objects.get_or_create(external_id=external_id)
    return Contact.objects.create(account=account, name=name, created_at=NOW, changed_at=NOW)


@pytest.fixture
def spoke(alice):
    def one(account, days_ago, **who):
        at = NOW - timedelta(days=days_ago)
        content = Content(FollowUpType.objects.get(key="call"), at, "A call", **who)
        return log_follow_up(account, content, actor=alice)

    return one


def test_it_goes_by_the_contact_not_by_the_name(spoke):
    ann, other_ann = contact("acme"), contact("acme")
    spoke(ann.account, 3, contact_ids=(ann.pk,))
    ann.name = "Ann Lee-Smith"  # married since
    ann.save()
    spoke(ann.account, 1, contact_ids=(other_ann.pk,))
    assert last_follow_ups([ann, other_ann], TODAY) == {ann.pk: date(2026, 6, 27), other_ann.pk: date(2026, 6, 29)}


def test_a_name_alone_counts_for_the_contact_of_that_account(spoke):
    ann, of_bolt = contact("acme"), contact("bolt")
    spoke(ann.account, 5, contact_ids=(ann.pk,))
    spoke(ann.account, 2, customer_names=("Ann",))
    assert last_follow_ups([ann, of_bolt], TODAY) == {ann.pk: date(2026, 6, 28)}


def test_it_honours_the_day_and_leaves_removed_ones_out(spoke, alice):
    ann = contact("acme")
    spoke(ann.account, 9, contact_ids=(ann.pk,))
    remove_follow_up(spoke(ann.account, 4, contact_ids=(ann.pk,)), actor=alice)
    spoke(ann.account, 0, contact_ids=(ann.pk,))
    assert last_follow_ups([ann], TODAY - timedelta(days=1)) == {ann.pk: date(2026, 6, 21)}
    assert last_follow_ups([ann], TODAY) == {ann.pk: TODAY}
