"""Short lists: the chosen columns of all that match, sent at once."""

from tenure.people.models import Role
from tests.exports.taking import content, rows, take
from tests.lib.sheet import sheet


def test_it_exports_all_that_match_in_the_chosen_columns(client, bob, gallery):
    client.force_login(bob)
    response = take(client, "gallery", "q=company+1&columns=users")
    assert response["Content-Disposition"].startswith('attachment; filename="gallery-2')
    found = rows(response)
    assert found[:2] == [
        {"Name": "Company 100", "Active users": "3700"},
        {"Name": "Company 101", "Active users": "3737"},
    ]
    assert len(found) == 23


def test_it_exports_excel_with_real_numbers(client, bob, gallery):
    client.force_login(bob)
    found = sheet(content(take(client, "gallery", format="xlsx")))
    assert found[0] == ["Name", "Health", "Score", "Change", "Active users", "Breadth", "Last seen"]
    assert found[4][:5] == ["Company 003", "Healthy", 43.0, 0.0, 111.0]
    assert len(found) == 124


def test_it_is_not_there_for_those_who_may_not_export(client, bob, gallery):
    bob.role = Role.VIEWER
    bob.save()
    client.force_login(bob)
    assert take(client, "gallery").status_code == 404
    assert "settings/exports" not in client.get(gallery).content.decode()


def test_it_is_not_there_in_a_format_it_does_not_know(client, alice, gallery):
    client.force_login(alice)
    assert take(client, "gallery", format="pdf").status_code == 404
    assert take(client, "nothing-of-this-name").status_code == 404
