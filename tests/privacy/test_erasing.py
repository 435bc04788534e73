"""Erasing a person takes them out of every table, body and event, and nothing brings them back."""

import pytest

from tenure.accounts.models import Contact, Fact, Identity, User
from tenure.activity.models import Activity
from tenure.privacy.erasing import erase_contact, erase_user
from tenure.work.models import FollowUp
from tests.privacy.conftest import ITEMS, NOW, TRACES, numbers, resent, sweep_all, traces

pytestmark = pytest.mark.slow


def test_the_traces_are_there_before(house, contact):
    found = "\n".join(traces(house))
    for table in (
        "Identity",
        "User",
        "Contact",
        "Activity",
        "FollowUp",
        "Participant",
        "NextStep",
        "Ticket",
        "Fact",
        "Source",
        "EventProperty",
        "QuarantinedItem",
        "body",
        "event",
    ):
        assert table in found


def test_it_leaves_nothing_of_the_user_and_changes_no_number(house, ada, contact, config):
    before = numbers(house)
    assert erase_user(ada, None, house.store, contacts=True)
    sweep_all(house, config)
    assert traces(house) == []
    assert numbers(house) == before
    house.restart()
    house.loader.load_all()
    assert numbers(house) == before


def test_it_leaves_nothing_even_before_the_sweep_in_the_tables(house, ada, contact):
    erase_user(ada, None, house.store, contacts=True)
    assert [each for each in traces(house) if not each.startswith(("body", "event"))] == []


def test_it_says_so_once_and_without_a_name(house, ada, config):
    erase_user(ada, None, house.store)
    assert not erase_user(ada, None, house.store)
    [told] = Activity.objects.filter(verb="privacy.user_erased")
    assert (told.subject_kind, told.subject_id, told.subject_name) == ("user", ada.pk, "[erased]")
    assert told.accounts.count() == 1


def test_it_recognises_what_is_sent_again_and_keeps_out_what_is_new(house, ada, config):
    count = house.store.totals().events
    erase_user(ada, None, house.store)
    sweep_all(house, config)
    assert resent(house) == count
    assert resent(house, {**ITEMS[1], "id": "new"}, {**ITEMS[3], "id": "new-4"}) == count + 2
    assert traces(house, "mauve", *TRACES)  # the new bodies themselves
    sweep_all(house, config)
    assert [each for each in traces(house) if "body" in each] == []
    assert User.objects.filter(name="", email="", traits={}, pk=ada.pk).exists()


def test_it_does_not_come_back_when_the_warehouse_is_built_again_from_the_inbox(house, ada, config, tmp_path):
    from tenure.warehouse.duckdb import DuckDBStore

    before = numbers(house)
    erase_user(ada, None, house.store)
    sweep_all(house, config)
    house.store.close()
    (tmp_path / "warehouse.duckdb").unlink()
    house.store = DuckDBStore.open(tmp_path / "warehouse.duckdb")
    house.restart()
    house.loader.load_all()
    assert traces(house) == []
    assert numbers(house) == before


@pytest.mark.parametrize("after", range(4))
def test_it_is_finished_by_doing_it_again_wherever_it_stopped(house, ada, config, monkeypatch, after):
    """The job is told its progress after each step; here it dies at that moment, and once before the first."""
    house.put({**ITEMS[0], "id": "more"})
    erase_user(ada, None, house.store)
    steps = iter(range(100))

    def dies(done, total):
        if next(steps) == after:
            raise KeyboardInterrupt

    from tenure.privacy import sweep as sweeping

    monkeypatch.setattr(sweeping, "_BODIES", 1)
    monkeypatch.setattr(sweeping, "_WAIT_S", 0)
    with pytest.raises((KeyboardInterrupt, sweeping.LoaderBehind)):
        sweeping.sweep(house.inbox, house.store, config, dies)
    house.loader.load_all()
    sweep_all(house, config)
    again = sweep_all(house, config)
    assert again == {"bodies": 0, "events": 0}
    assert traces(house) == []


def test_it_leaves_other_people_as_they_are(house, ada, contact, config):
    erase_user(ada, None, house.store, contacts=True)
    sweep_all(house, config)
    assert Identity.objects.filter(external_id="bob").exists()
    assert '"colour": "mauve"' in str([row.properties for row in house.store.events(_all())])
    assert Fact.objects.get(field="plan").value == "pro"


def test_it_erases_a_contact_and_leaves_the_user(house, ada, contact, alice):
    assert erase_contact(contact, alice, house.store)
    assert not erase_contact(Contact.objects.get(), alice, house.store)
    kept = Contact.objects.get()
    assert (kept.name, kept.email, kept.phones, kept.note, str(kept)) == ("", "", [], "", "Erased contact")
    follow_up = FollowUp.objects.get()
    assert (follow_up.notes, follow_up.outcome) == ("Met [erased] ([erased]).", "[erased] agreed.")
    assert follow_up.participants.get(ours=False).name == "[erased]"
    assert User.objects.get(pk=ada.pk).name == "Ada Lovelace"
    [told] = Activity.objects.filter(verb="privacy.contact_erased")
    assert told.by == "Alice" and told.recorded_at == NOW


def _all():
    from tenure.warehouse.store import EventFilter

    return EventFilter()
