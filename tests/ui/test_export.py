import csv
import io

from tenure.people.models import Role
from tests.lib.sheet import sheet


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_it_exports_all_that_match_in_the_chosen_columns(client, bob, gallery):
    client.force_login(bob)
    response = client.get(f"{gallery}?export=csv&q=company+1&columns=users")
    assert response["Content-Disposition"].startswith('attachment; filename="gallery-2')
    rows = rows_of(response)
    assert rows[0] == ["Name", "Active users"]
    assert rows[1:3] == [["Company 100", "3700"], ["Company 101", "3737"]]
    assert len(rows) == 24


def test_it_exports_excel_with_real_numbers(client, bob, gallery):
    client.force_login(bob)
    content = b"".join(client.get(f"{gallery}?export=xlsx").streaming_content)
    rows = sheet(content)
    assert rows[0] == ["Name", "Health", "Score", "Change", "Active users", "Breadth", "Last seen"]
    assert rows[4][:5] == ["Company 003", "Healthy", 43.0, 0.0, 111.0]
    assert len(rows) == 124


def test_it_is_not_there_for_those_who_may_not_export(client, bob, gallery):
    bob.role = Role.VIEWER
    bob.save()
    client.force_login(bob)
    assert client.get(f"{gallery}?export=csv").status_code == 404


def test_it_is_not_there_in_a_format_it_does_not_know(client, alice, gallery):
    client.force_login(alice)
    assert client.get(f"{gallery}?export=pdf").status_code == 404
