from tenure.accounts.contacts.access import contacts_for
from tenure.accounts.contacts.verbs import remove_contact


def test_it_shows_contacts_of_accounts_in_sight(ada, alice, bob, charlie):
    assert list(contacts_for(alice)) == [ada]
    assert list(contacts_for(bob)) == []  # nobody is in charge of acme
    assert list(contacts_for(charlie)) == []


def test_it_hides_the_removed(ada, alice):
    remove_contact(ada, alice)
    assert list(contacts_for(alice)) == []
    assert list(contacts_for(alice, removed=True)) == [ada]
