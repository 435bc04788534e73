"""Nobody finds a person who was erased."""

from tenure.accounts.models import ContactKey, UserKey
from tenure.accounts.search.finding import find
from tenure.core.search.matching import asked
from tenure.privacy.erasing import erase_user
from tests.privacy.conftest import sweep_all


def found(member, typed: str) -> set[str]:
    return {model.__name__ for model in find(member, asked(typed), typed, 6)}


def test_it_forgets_the_keys_of_an_erased_person(house, ada, contact, alice, config):
    for typed in ("ada", "lovelace", "ada@alder.example", "442079460958", "ada_l", "ada-login"):
        assert found(alice, typed), typed
    erase_user(ada, alice, house.store, contacts=True)
    sweep_all(house, config)
    for typed in ("ada", "lovelace", "ada@alder.example", "442079460958", "ada_l", "ada-login"):
        assert found(alice, typed) == set(), typed
    assert not ContactKey.objects.filter(row=contact).exists() and not UserKey.objects.filter(row=ada).exists()
