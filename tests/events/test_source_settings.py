"""A source's own way of naming accounts, while events flow."""

from tenure.events import sources


def test_it_follows_a_changed_setting_from_the_next_event_on(house, alice):
    item = {"event": "open", "user": "ada", "properties": {"tenant": "acme"}}
    house.send({**item, "time": "2026-03-01T10:00:00Z"})
    sources.set_attribution(house.source, ["tenant"], "", actor=alice)
    house.send({**item, "time": "2026-03-02T10:00:00Z"})
    assert house.events() == [("open", "", "ada"), ("open", "acme", "ada")]
