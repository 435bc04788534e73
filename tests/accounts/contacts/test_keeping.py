"""Many contacts at once; a random sequence of files ends as a plain reading of them says."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.keeping import keep_contacts
from tenure.accounts.contacts.verbs import remove_contact
from tenure.accounts.models import Account, Contact
from tenure.activity.models import Activity

ADA = Details("Ada", email="ada@acme.example", title="CTO", external_id="7")


def kept() -> list[Details]:
    return sorted((Details.of(contact) for contact in Contact.objects.all()), key=lambda each: (each.name, each.email))


def test_it_adds_updates_and_leaves_the_rest(acme, alice):
    first = keep_contacts([(acme.pk, ADA)], alice, "CRM")
    again = keep_contacts([(acme.pk, ADA)], alice, "CRM")
    later = keep_contacts([(acme.pk, replace(ADA, title="CEO", email=""))], alice, "CRM")
    assert [(each.added, each.changed, each.same) for each in (first, again, later)] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    assert kept() == [replace(ADA, title="CEO")]
    assert Activity.objects.count() == 2


def test_it_knows_one_by_mail_number_or_name(acme, bolt, alice):
    keep_contacts([(acme.pk, Details("Ada", email="a@x.example", phones=("138 0013 8000",)))], alice, "CRM")
    keep_contacts([(acme.pk, Details("Ada Lovelace", email="A@x.example"))], alice, "CRM")
    keep_contacts([(acme.pk, Details("A. Lovelace", phones=("+8613800138000",)))], alice, "CRM")
    keep_contacts([(acme.pk, Details("Eve")), (acme.pk, Details("EVE", title="CFO"))], alice, "CRM")
    assert [(each.name, each.title) for each in kept()] == [("A. Lovelace", ""), ("EVE", "CFO")]
    keep_contacts([(bolt.pk, Details("Ada", email="a@x.example"))], alice, "CRM")
    assert Contact.objects.count() == 3


def test_it_takes_two_ids_for_two_people(acme, alice):
    keep_contacts([(acme.pk, ADA), (acme.pk, replace(ADA, external_id="8", name="Twin"))], alice, "CRM")
    assert [each.name for each in kept()] == ["Ada", "Twin"]


def test_it_leaves_the_removed_removed(acme, alice):
    keep_contacts([(acme.pk, ADA)], alice, "CRM")
    remove_contact(Contact.objects.get(), alice)
    keep_contacts([(acme.pk, ADA)], alice, "CRM")
    assert Contact.objects.get().removed_at


def some_of(person: Details, mail: bool, phone: bool, key: bool, title: str) -> Details:
    """What one row says of a person: any part of it."""
    return replace(
        person,
        email=person.email if mail else "",
        phones=person.phones if phone else (),
        external_id=person.external_id if key else "",
        title=title,
    )


people = st.builds(
    some_of,
    st.sampled_from(
        [
            Details("Ada", email="a@x.example", phones=("12345678901",), external_id="1"),
            Details("Ada", email="b@x.example", phones=("23456789012",), external_id="2"),
        ]
    ),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "CTO"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(people, max_size=6), st.integers(0, 6))
def test_it_does_not_matter_where_a_file_is_cut_or_how_often_it_comes(db, rows, cut):
    Contact.objects.all().delete()
    account, _ = Account.objects.get_or_create(external_id="acme")
    given_rows = [(account.pk, row) for row in rows]
    keep_contacts(given_rows, None, "file")
    at_once = kept()
    keep_contacts(given_rows, None, "file")
    again = kept()
    Contact.objects.all().delete()
    keep_contacts(given_rows[:cut], None, "file")
    keep_contacts(given_rows[cut:], None, "file")
    assert kept() == at_once
    assert len(again) == len(at_once)  # of two that turn out to be one, the other may be told next time
