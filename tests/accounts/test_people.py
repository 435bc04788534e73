"""Users as calls describe them."""

from tenure.accounts.models import Identity, User

DAY = "2026-03-01T10:00:00Z"


def test_it_knows_a_user_by_the_latest_traits(house):
    later, earlier = "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"
    house.send({"type": "identify", "user": "ada", "time": later, "traits": {"name": "Ada L.", "email": "a@b.c"}})
    house.send({"type": "identify", "user": "ada", "time": earlier, "traits": {"name": "Ada", "city": "Rome"}})
    user = User.objects.get()
    assert (user.name, user.email, user.traits["city"]) == ("Ada L.", "a@b.c", "Rome")
    assert user.traits_at.isoformat() == "2026-03-02T00:00:00+00:00"


def test_it_makes_a_name_of_its_parts(house):
    house.send({"type": "identify", "user": "ada", "time": DAY, "traits": {"firstName": "Ada", "lastName": "Lovelace"}})
    assert User.objects.get().name == "Ada Lovelace"


def test_it_takes_along_what_was_said_about_an_anonymous_id(house):
    house.send({"type": "identify", "anonymous": "a1", "time": DAY, "traits": {"city": "Rome"}})
    house.send({"type": "identify", "user": "ada", "anonymous": "a1", "time": DAY, "traits": {"name": "Ada"}})
    user = Identity.objects.get(external_id="ada").user
    assert user.traits == {"city": "Rome", "name": "Ada"}
    assert User.objects.get(merged_into=user).traits == {}


def test_it_stops_calling_an_id_anonymous_that_names_a_user(house):
    house.send({"event": "open", "anonymous": "x", "time": DAY})
    assert Identity.objects.get().anonymous
    house.send({"event": "open", "user": "x", "time": DAY})
    assert not Identity.objects.get().anonymous
