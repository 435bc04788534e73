from tests.exports.taking import content, take


def listed(client, query: str = "") -> str:
    return client.get(f"/contacts/{query}").content.decode()


def test_it_lists_finds_and_narrows(alices, ada, gone):
    assert "2 rows" in listed(alices)
    assert "1 row<" in listed(alices, "?q=442079460958")
    assert ">Ada</a>" in listed(alices, "?q=ADER@") + listed(alices, "?q=ada@ALDER")
    blockers = listed(alices, "?role=blocker")
    assert ">Bob</a>" in blockers
    assert ">Ada</a>" not in blockers
    assert ">Ada</a>" not in listed(alices, "?who=left")
    assert "No contact matches" in listed(alices, "?account=2")
    assert "2 rows" in listed(alices, "?account=1")


def test_it_links_to_the_customer_and_the_numbers(alices, ada):
    shown = listed(alices)
    assert 'href="/customers/1/"' in shown
    assert 'href="tel:+442079460958"' in shown


def test_it_sorts_by_the_day_they_left(alices, ada, gone):
    shown = listed(alices, "?sort=-left_on")
    assert shown.index(">Bob</a>") < shown.index(">Ada</a>")


def test_it_exports_what_is_listed(alices, ada, gone):
    lines = content(take(alices, "contacts", "role=champion")).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith('Ada,Alder Logistics,CTO,"Decision maker, Champion"')
    assert "'+44 20 7946 0958" in lines[1]


def test_it_shows_no_contact_of_customers_out_of_sight(client, bob, ada):
    client.force_login(bob)
    assert "No contacts yet" in listed(client)
    assert client.get("/contacts/?account=1").status_code == 404
