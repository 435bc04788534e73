from tenure.accounts.contacts.details import checked
from tenure.accounts.contacts.duplicates import duplicates
from tenure.accounts.contacts.verbs import remove_contact


def test_it_warns_of_the_same_mail_or_number_in_the_account(ada, acme, bolt, alice):
    same_mail = checked({"name": "A. L.", "email": "ADA@acme.example"})
    same_number = checked({"name": "A. L.", "phones": "020 7946 0958"})
    assert duplicates(acme.pk, same_mail) == [ada]
    assert duplicates(acme.pk, same_number) == [ada]
    assert duplicates(acme.pk, same_mail, but=ada.pk) == []
    assert duplicates(bolt.pk, same_mail) == []
    assert duplicates(acme.pk, checked({"name": "Ada"})) == []
    remove_contact(ada, alice)
    assert duplicates(acme.pk, same_mail) == []
