def part(client, pk: int = 1, query: str = "") -> str:
    return client.get(f"/customers/{pk}/contacts/{query}").content.decode()


def test_it_shows_who_they_are_and_how_to_reach_them(alices, ada, gone):
    shown = part(alices)
    assert shown.index(">Ada</a>") < shown.index(">Bob</a>")
    assert "Decision maker" in shown
    assert 'href="tel:+442079460958"' in shown
    assert 'href="mailto:ada@alder.example"' in shown
    assert 'data-copy="ada_l"' in shown
    assert "left 2026-03-01" in shown
    assert "1 person" in shown


def test_it_greys_nobody_before_they_left(alices, gone):
    assert "contact-left" in part(alices)
    assert "contact-left" not in part(alices, query="?day=2026-02-01")


def test_it_says_when_their_user_was_last_seen(alices, ada):
    assert '<time datetime="2026-' in part(alices)


def test_it_says_why_contacts_matter_where_there_are_none(alices, customers):
    assert "the renewal is at risk" in part(alices)


def test_it_is_hidden_from_who_may_not_see_the_customer(client, bob, ada):
    client.force_login(bob)
    assert client.get("/customers/1/contacts/").status_code == 404
