"""Single people in the warehouse: where they are, and their events' properties taken out."""

from tenure.warehouse.store import Batch, EventFilter
from tests.warehouse.rows import DAY, event, rows

SAID = '{"mail": "ada@acme.example"}'


def test_it_empties_the_properties_under_an_identity_and_nothing_else(store):
    store.set_events([(1, 2, 1)])
    said = [event(n, identity=10 + n % 2, user=1 + n % 2, properties=SAID) for n in range(6)]
    store.append(Batch(rows(*said, event(9, identity=10)), 1))
    before = store.events(EventFilter())
    store.refresh_days(store.dirty_days())

    assert store.erase_properties([10, 99]) == 3
    assert store.erase_properties([10, 99]) == 0
    assert store.erase_properties([]) == 0
    emptied = {row.message_id for row in before if row.user_id == 1}
    expected = [row if row.message_id not in emptied else _without(row) for row in before]
    assert store.events(EventFilter()) == expected
    assert store.dirty_days() == [] and store.check() == []


def test_it_recognises_an_event_sent_again_after_its_properties_went(store):
    store.append(Batch(rows(event(1, identity=10, properties=SAID)), 1))
    store.erase_properties([10])
    again = store.append(Batch(rows(event(1, identity=10, properties=SAID)), 2))
    assert (again.added, again.duplicates) == (0, 1)
    assert [row.properties for row in store.events(EventFilter())] == ["{}"]


def test_it_knows_the_accounts_of_users(store):
    store.append(
        Batch(rows(event(1, account=4, user=7), event(2, account=0, user=7)), 1, links=[(3, 7, DAY), (5, 8, DAY)])
    )
    assert store.accounts_of_users([7]) == [3, 4]
    assert store.accounts_of_users([7, 8]) == [3, 4, 5]
    assert store.accounts_of_users([]) == []


def _without(row):
    return type(row)(**{**vars(row), "properties": "{}"})
