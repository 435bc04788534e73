"""What keeps an account that files brought."""

from tenure.accounts.leaving.traces import undeclared


def test_it_knows_of_every_table_that_names_accounts_what_its_rows_mean():
    assert undeclared() == []
