"""Activities: written with what they tell of, and told in words."""

from datetime import timedelta

import pytest
from django.db import transaction

from tenure.accounts.models import Account
from tenure.activity.models import AccountActivity, Activity
from tenure.activity.recording import ADDRESS, Subject, record
from tenure.activity.telling import sentence
from tenure.activity.verbs import VERBS, verb
from tenure.lib import clock
from tenure.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed():
    yield verb("thing.renamed", "{by} renamed {subject} from {before} to {after}")
    del VERBS["thing.renamed"]


def test_it_writes_one_activity_for_a_verb_over_many_accounts(renamed):
    ada = Member.objects.create_user("ada@tenure.example", name="Ada")
    accounts = [Account.objects.create(external_id=name).pk for name in ("acme", "bolt")]
    details = {accounts[0]: {"before": "A"}, accounts[1]: {"before": "B"}}
    token = ADDRESS.set("10.0.0.7")
    record(renamed, ada, subject=Subject("thing", 7, "The thing"), accounts=details, detail={"after": "C"})
    ADDRESS.reset(token)
    activity = Activity.objects.get()
    assert (activity.actor, activity.by, activity.address) == (ada, "Ada", "10.0.0.7")
    told = [sentence(activity, row.detail) for row in AccountActivity.objects.order_by("account")]
    assert told == ["Ada renamed The thing from A to C", "Ada renamed The thing from B to C"]


def test_it_happened_when_it_is_said_to_have_happened(renamed):
    yesterday = clock.now() - timedelta(days=1)
    account = Account.objects.create(external_id="acme")
    activity = record(renamed, None, by="import of a file", accounts=[account.pk], at=yesterday)
    assert activity.at == AccountActivity.objects.get().at == yesterday
    assert activity.recorded_at > yesterday
    assert sentence(activity) == "import of a file renamed – from – to –"


def test_it_tells_what_a_later_version_wrote_as_well_as_it_can():
    activity = Activity(verb="moon.visited", by="Ada", subject_name="Moon")
    assert sentence(activity) == "Ada: moon.visited Moon"


def test_it_says_how_many_where_each_account_has_words_of_its_own():
    verb("thing.moved", "{subject} moved {account}", of_many="{subject} moved {count}")
    accounts = {Account.objects.create(external_id=name).pk: {"account": name} for name in ("acme", "bolt")}
    kept, old = (record(VERBS["thing.moved"], None, accounts=accounts, detail=each) for each in ({"count": 9}, {}))
    assert [sentence(kept), sentence(old), sentence(old, {"account": "acme"})] == [
        "– moved 9",
        "– moved 2",
        "– moved acme",
    ]
    del VERBS["thing.moved"]


def test_braces_in_what_people_wrote_are_only_text(renamed):
    activity = record(renamed, None, by="{subject.__class__}", detail={"before": "{after}", "after": "x"})
    assert sentence(activity) == "{subject.__class__} renamed – from {after} to x"


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_be_written_outside_the_transaction_of_its_verb(renamed):
    with pytest.raises(RuntimeError, match="transaction"):
        record(renamed, None)
    with transaction.atomic():
        record(renamed, None)
    assert Activity.objects.count() == 1


def test_a_verb_has_one_declaration(renamed):
    with pytest.raises(ValueError, match="twice"):
        verb("thing.renamed", "again")
