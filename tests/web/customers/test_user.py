from tenure.accounts.contacts.details import Details
from tenure.accounts.contacts.verbs import add_contact
from tenure.accounts.models import Account, User


def test_it_shows_who_they_are_where_and_what_they_did(alices):
    User.objects.filter(pk=101).update(traits={"team": "<b>ops</b>"})
    add_contact(Account.objects.get(pk=1), Details("Ada", title="CTO", user_id=101), None)
    shown = alices.get("/customers/users/101/").content.decode()
    assert "User 1-1" in shown
    assert "<code>login-1-1</code>" in shown
    assert ">Alder Logistics</a>" in shown
    assert "Ada, CTO" in shown
    assert "&lt;b&gt;ops" in shown
    assert "Value events a week" in shown
    assert "Report Viewed" in shown


def test_it_knows_those_who_were_never_seen(alices):
    shown = alices.get("/customers/users/115/", headers={"HX-Request": "true"}).content.decode()
    assert "Not seen in 26 weeks" in shown
    assert "<html" not in shown


def test_it_is_hidden_where_the_customer_is(client, bob, customers):
    client.force_login(bob)
    assert client.get("/customers/users/101/").status_code == 404
    assert client.get("/customers/users/99999/").status_code == 404
