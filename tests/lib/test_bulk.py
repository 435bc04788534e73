import pytest

from tenure.accounts.models import Account
from tenure.lib.bulk import Numbers, insert_rows


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_reads_the_numbers_of_a_column_at_once(db, count):
    keys = [Account.objects.create(external_id=f"a{n}", name="").pk for n in range(count)]
    assert Numbers(Account.objects.all, "pk").ask() == frozenset(keys)


def test_it_passes_over_rows_that_are_there(db):
    insert_rows(Account, ("external_id", "name"), [("a1", "Acme")])
    known = [("a1", "Another"), ("a2", "Bolt")]
    assert len(insert_rows(Account, ("external_id", "name"), known, pass_over_known=True)) == 1
    assert dict(Account.objects.values_list("external_id", "name")) == {"a1": "Acme", "a2": "Bolt"}
