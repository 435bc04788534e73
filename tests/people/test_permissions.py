from tenure.people.permissions import MATRIX, Permission, allows


def test_it_names_a_rule_for_every_permission():
    assert set(MATRIX) == set(Permission)


def test_it_lets_owners_manage_sources_and_not_csms(alice, bob):
    assert allows(alice, Permission.MANAGE_SOURCES)
    assert not allows(bob, Permission.MANAGE_SOURCES)


def test_it_gives_nothing_to_a_deactivated_member(charlie):
    assert not any(allows(charlie, permission) for permission in Permission)
