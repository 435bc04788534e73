import pytest

from tenure.accounts.models import Account
from tenure.lib.bulk import numbers_of


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_reads_the_numbers_of_a_column_at_once(db, count):
    keys = [Account.objects.create(external_id=f"a{n}", name="").pk for n in range(count)]
    assert numbers_of(Account.objects.all(), "pk") == frozenset(keys)
