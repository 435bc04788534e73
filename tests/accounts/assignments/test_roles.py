import pytest
from django.utils import translation

from tenure.accounts.assignments.reading import roles_in_use
from tenure.accounts.assignments.roles import (
    BadRole,
    add_role,
    archive_role,
    install_roles,
    rename_role,
    restore_role,
)
from tenure.accounts.models import AssignmentRole
from tenure.activity.models import Activity
from tenure.activity.telling import sentence


def keys() -> list[str]:
    return [role.key for role in roles_in_use()]


def test_it_begins_with_four_roles_and_speaks_both_languages(csm):
    install_roles()
    assert keys() == ["csm", "sales", "analyst", "support"]
    assert str(csm) == "CSM"
    with translation.override("zh-hans"):
        assert str(csm) == "客户成功经理"


def test_it_adds_renames_archives_and_restores(lee):
    role = add_role(" Implementation ", "实施顾问", lee, several=True)
    assert (role.key, role.name, role.several) == ("implementation", "Implementation", True)
    rename_role(role, "Onboarding", "", lee)
    assert (role.key, str(role)) == ("implementation", "Onboarding")
    archive_role(role, lee)
    assert "implementation" not in keys()
    restore_role(role, lee)
    assert keys()[-1] == "implementation"
    assert list(Activity.objects.order_by("pk").values_list("verb", flat=True)) == [
        "role.added",
        "role.renamed",
        "role.archived",
        "role.restored",
    ]


def test_its_activities_name_it_in_the_readers_language(lee):
    role = add_role("Implementation", "实施顾问", lee)
    rename_role(role, "Onboarding", "上线顾问", lee)
    renamed = Activity.objects.get(verb="role.renamed")
    assert sentence(renamed) == "Lee renamed the role Implementation to Onboarding"
    with translation.override("zh-hans"):
        assert "实施顾问" in sentence(renamed) and "上线顾问" in sentence(renamed)


def test_it_makes_a_key_of_any_name(lee):
    assert [add_role(name, "", lee).key for name in ("数据", "项目", "Key / User")] == ["role", "role-2", "key-user"]


def test_it_refuses_a_name_that_is_empty_or_taken_and_keeps_the_last_role(csm, lee):
    for name in ("  ", "sales"):
        with pytest.raises(BadRole):
            add_role(name, "", lee)
        with pytest.raises(BadRole):
            rename_role(csm, name, "", lee)
    AssignmentRole.objects.exclude(pk=csm.pk).delete()
    with pytest.raises(BadRole, match="last role"):
        archive_role(csm, lee)
    assert not Activity.objects.exists()
