"""Sources and their keys."""

import pytest

from tenure.events import sources
from tenure.events.models import Source, WriteKey


def test_it_makes_a_source_with_a_random_key(alice):
    first, second = (sources.create_source(name, actor=alice) for name in ("App", "Site"))
    key = first.keys.get().key
    assert key.startswith("tn_")
    assert len(key) == 35
    assert key != second.keys.get().key
    assert first.created_by == alice


def test_it_takes_a_key_of_ones_own(alice):
    assert sources.create_source("App", actor=alice, key="our-old-key").keys.get().key == "our-old-key"


@pytest.mark.parametrize("key", ["short", "with space", "a:colon:key", "schlüssel", "x" * 101, ""])
def test_it_refuses_a_key_clients_could_not_send_and_makes_nothing(alice, key):
    with pytest.raises(sources.BadKey):
        sources.create_source("App", actor=alice, key=key)
    assert not Source.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "App"])
def test_it_refuses_names_that_are_empty_long_or_taken(alice, name):
    sources.create_source("App", actor=alice)
    with pytest.raises(sources.BadSource):
        sources.create_source(name, actor=alice)


def test_it_refuses_a_key_in_use(alice):
    sources.create_source("App", actor=alice, key="the-same-key")
    with pytest.raises(sources.BadKey):
        sources.create_source("Site", actor=alice, key="the-same-key")


def test_it_rotates_and_revokes_keys_with_author_and_time(alice, bob):
    source = sources.create_source("App", actor=alice)
    old = source.keys.get()
    new = sources.rotate_key(source, actor=bob)
    assert (new.created_by, source.keys.filter(revoked_at=None).count()) == (bob, 2)
    sources.revoke_key(old, actor=bob)
    old.refresh_from_db()
    assert (old.revoked_by, old.revoked_at is not None) == (bob, True)
    with pytest.raises(sources.BadKey):
        sources.revoke_key(old, actor=alice)


def test_it_archives_a_source_with_all_its_keys(alice):
    source = sources.create_source("App", actor=alice)
    sources.rotate_key(source, actor=alice)
    sources.archive(source, actor=alice)
    assert source.archived_at is not None
    assert not WriteKey.objects.filter(revoked_at=None).exists()
    with pytest.raises(sources.BadSource):
        sources.rotate_key(source, actor=alice)


def test_it_renames(alice):
    source = sources.create_source("App", actor=alice)
    sources.rename(source, " Product ", actor=alice)
    assert Source.objects.get().name == "Product"


def test_it_says_how_accounts_are_named(alice):
    source = sources.create_source("App", actor=alice)
    sources.set_attribution(source, ["tenant"], "workspace", actor=alice)
    source.refresh_from_db()
    assert (source.account_properties, source.group_type) == (["tenant"], "workspace")
    with pytest.raises(sources.BadSource):
        sources.set_attribution(source, ["x"] * 21, "", actor=alice)
