"""Questions put together once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import DateTimeField, TextField

from tenure.accounts.models import Account, Fact
from tenure.lib.compiled import Compiled, Given

pytestmark = pytest.mark.django_db
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def facts():
    account = Account.objects.create(external_id="acme")
    values = ["50% off", {"a": [1]}, 7, None]
    return [
        Fact.objects.create(
            account=account,
            field=f"field {n}",
            value=value,
            valid_from=at,
            confirmed_at=at,
            recorded_at=at,
            source="crm",
        )
        for n, value in enumerate(values)
        for at in [FIRST + timedelta(days=n)]
    ]


def test_it_answers_as_django_does_whatever_is_given(facts, django_assert_num_queries):
    since = Compiled(lambda: Fact.objects.filter(valid_from__gte=Given("at", DateTimeField())).order_by("pk"))
    with django_assert_num_queries(3):
        for n in (0, 2, 4):
            assert since.ask(at=FIRST + timedelta(days=n)) == facts[n:]
    found = since.ask(at=FIRST)
    assert [(each.field, each.value, each.valid_from, each.account_id) for each in found] == [
        (each.field, each.value, each.valid_from, each.account_id) for each in facts
    ]
    found[0].field = "another"
    found[0].save()
    assert Fact.objects.get(pk=facts[0].pk).field == "another"


def test_it_takes_lists_and_gives_columns(facts):
    values = Compiled(lambda: Fact.objects.filter(pk__any_of=Given("keys")).order_by("pk").values_list("pk", "value"))
    assert values.ask(keys=[facts[1].pk, facts[2].pk]) == [(facts[1].pk, {"a": [1]}), (facts[2].pk, 7)]
    assert values.ask(keys=[]) == []


def test_it_finds_signs_that_mean_something_to_databases_as_they_are(facts):
    named = Compiled(lambda: Fact.objects.filter(field__icontains=Given("text", TextField())))
    assert len(named.ask(text="FIELD")) == 4
    for text in ("%", "_", "\\", "'"):
        assert named.ask(text=text) == []
        assert list(Fact.objects.filter(field__icontains=text)) == []


def test_it_names_the_value_that_is_missing(facts):
    with pytest.raises(KeyError, match="at"):
        Compiled(lambda: Fact.objects.filter(valid_from=Given("at", DateTimeField()))).ask(until=FIRST)
    assert not connection.needs_rollback


def test_it_brings_what_is_selected_beside(facts, django_assert_num_queries):
    told = Compiled(
        lambda: (
            Fact.objects.filter(field=Given("field", TextField()))
            .select_related("account", "actor")
            .only("field", "account__name", "actor__name")
        )
    )
    with django_assert_num_queries(1):
        (fact,) = told.ask(field="field 1")
        assert (fact.account.name, fact.actor) == ("", None)
    with django_assert_num_queries(1):
        assert fact.value == {"a": [1]}
