"""Users who are not counted, from the mark to the number."""

from datetime import date

import pytest

from tenure.accounts.exclusion import (
    AlreadyUndone,
    UnknownUser,
    exclude_users,
    include_users,
    tell_excluded,
    undo,
    users_known_as,
)
from tenure.accounts.models import ExclusionChange, User
from tenure.jobs.models import Job

DAY = date(2026, 3, 2)


@pytest.fixture
def used(house):
    """ada and test-bot use acme's product on a day."""
    house.send(
        *(
            {"event": "Search", "user": user, "account": "acme", "time": f"{DAY}T10:00:00Z", "id": user}
            for user in ("ada", "test-bot")
        )
    )
    return house


def counts(house) -> tuple[int, int]:
    """acme's (active, opened) users."""
    [account] = house.store.first_days()
    return house.store.active_users(account, [(DAY, DAY)])[0], house.store.opened_users(account, DAY)


def test_it_counts_them_no_more_and_has_every_day_computed_again(used, alice):
    used.store.refresh_days(used.store.dirty_days())
    [bot] = users_known_as(["test-bot"])
    change = exclude_users([bot], alice, used.store)

    assert counts(used) == (1, 1)
    assert used.store.dirty_days() == [DAY]
    bot.refresh_from_db()
    assert (bot.excluded_by, bot.excluded_at) == (alice, change.created_at)
    assert list(Job.objects.values_list("kind", "created_by")) == [("recount_without_excluded", alice.pk)]


def test_it_changes_nothing_the_second_time(used, alice):
    [bot] = users_known_as(["test-bot"])
    first = exclude_users([bot], alice, used.store)
    again = exclude_users(users_known_as(["test-bot"]), None, used.store)

    bot.refresh_from_db()
    assert again.before == {}
    assert (bot.excluded_by, bot.excluded_at) == (alice, first.created_at)
    assert Job.objects.count() == 1


def test_it_counts_them_again(used, alice):
    exclude_users(users_known_as(["test-bot", "ada"]), alice, used.store)
    assert counts(used) == (0, 0)
    include_users(users_known_as(["ada"]), alice, used.store)
    assert counts(used) == (1, 1)
    assert not User.objects.get(own_identity__external_id="ada").excluded_at


def test_it_puts_back_only_what_nobody_changed_since(used, alice, bob):
    change = exclude_users(users_known_as(["test-bot", "ada"]), alice, used.store)
    include_users(users_known_as(["ada"]), bob, used.store)
    later = exclude_users(users_known_as(["ada"]), bob, used.store)
    undo(change, alice, used.store)

    assert counts(used) == (1, 1)
    assert User.objects.get(own_identity__external_id="ada").excluded_at == later.created_at
    with pytest.raises(AlreadyUndone):
        undo(ExclusionChange.objects.get(pk=change.pk), alice, used.store)


def test_it_puts_back_who_excluded_them(used, alice, bob):
    first = exclude_users(users_known_as(["test-bot"]), alice, used.store)
    change = include_users(users_known_as(["test-bot"]), bob, used.store)
    undo(ExclusionChange.objects.get(pk=change.pk), bob, used.store)

    bot = User.objects.get(own_identity__external_id="test-bot")
    assert (bot.excluded_by, bot.excluded_at) == (alice, first.created_at)
    assert counts(used) == (1, 1)


def test_it_is_told_again_after_a_crash(used):
    User.objects.filter(own_identity__external_id="test-bot").update(excluded_at="2026-03-03T00:00Z")
    assert counts(used) == (2, 2)
    tell_excluded(used.store)
    assert counts(used) == (1, 1)


def test_it_refuses_an_id_nobody_has(used):
    with pytest.raises(UnknownUser, match="nobody"):
        users_known_as(["ada", "nobody"])
