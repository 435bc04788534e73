"""The audit log page and its file."""

import pytest
from django.db import transaction

from tenure.accounts.models import Account
from tenure.activity.models import Activity
from tenure.activity.recording import Subject, record
from tenure.activity.verbs import VERBS, verb
from tests.exports.taking import rows as rows_of
from tests.exports.taking import take

PAGE = "/settings/audit/"


@pytest.fixture
def wrote(db):
    verb("thing.wrote", "{by} wrote {n}")

    def write(actor, count: int = 1, **more: object) -> None:
        with transaction.atomic():
            for n in range(count):
                record(VERBS["thing.wrote"], actor, detail={"n": f"page {n:03}"}, **more)

    yield write
    del VERBS["thing.wrote"]


def test_it_goes_on_page_by_page(client, alice, wrote):
    wrote(alice, 60)
    client.force_login(alice)
    first = client.get(PAGE).content.decode()
    assert "Alice wrote page 059" in first
    assert "Alice wrote page 009" not in first
    older = first.partition('rel="next" href="/settings/audit/?before=')[2].partition('"')[0]
    second = client.get(f"{PAGE}?before={older}").content.decode()
    assert "Alice wrote page 009" in second
    assert "Alice wrote page 010" not in second
    assert 'rel="next"' not in second


def test_it_filters_by_who_customer_and_text(client, alice, bob, wrote):
    acme = Account.objects.create(external_id="acme", name="Acme Ltd")
    wrote(alice, accounts=[acme.pk], text="=CMD() <b>")
    wrote(bob, subject=Subject("member", alice.pk, "Alice"))
    wrote(bob)
    client.force_login(alice)

    def said(query: str) -> int:
        return client.get(f"{PAGE}?{query}").content.decode().count("<code>thing.wrote</code>")

    assert [said(f"who={alice.pk}"), said("customer=acme+l"), said("customer=bolt"), said("q=cmd")] == [2, 1, 0, 1]
    assert [said("verb=thing"), said("from=2999-01-01"), said("from=x&to=y&who=z&before=-")] == [3, 0, 3]
    assert "&lt;b&gt;" in client.get(PAGE).content.decode()


def test_its_file_is_safe_and_is_written_down_itself(client, alice, wrote):
    acme = Account.objects.create(external_id="acme", name="Acme Ltd")
    wrote(alice, 2, accounts=[acme.pk], text="=CMD()")
    client.force_login(alice)
    rows = rows_of(take(client, "audit", "verb=thing&before=1"))
    assert [row["What was done"] for row in rows] == ["Alice wrote page 001", "Alice wrote page 000"]
    assert [(row["Text"], row["Customers"]) for row in rows] == [("'=CMD()", "Acme Ltd")] * 2
    made = Activity.objects.get(verb="export.made")
    assert (made.by, made.detail["what"], made.detail["rows"], made.detail["format"]) == ("Alice", "audit", 2, "csv")
    assert made.detail["query"] == "verb=thing&before=1"


def test_an_export_that_breaks_off_is_written_down_as_far_as_it_came(client, alice, wrote):
    wrote(alice, 5)
    client.force_login(alice)
    answer = take(client, "audit", "verb=thing", REMOTE_ADDR="198.51.100.7")
    lines = iter(answer.streaming_content)
    next(lines), next(lines), next(lines)
    answer._iterator.close()  # as the server does when nobody listens any more
    made = Activity.objects.get(verb="export.made")
    assert (made.detail["rows"], made.address) == (2, "198.51.100.7")
