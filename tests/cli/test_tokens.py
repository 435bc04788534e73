"""Making, listing and revoking API tokens from the command line."""

import pytest
from django.conf import settings

from tenure.cli.command import Context
from tenure.cli.commands import COMMANDS
from tenure.lib.errors import TenureError
from tenure.people.models import Area
from tests.api.asking import Program

CONTEXT = Context(settings.CONFIG, lambda done, total: None)


def run(command: str, /, **options: object):
    return COMMANDS[command].run(options, CONTEXT)


def add(**options: object):
    return run(
        "token add", **{"name": "CRM sync", "member": "alice@example.com", "scope": ["all:read"], "days": 30, **options}
    )


def test_a_token_lets_in_until_it_is_revoked(alice):
    made = add(scope=["all:read", "contacts:write"])
    assert COMMANDS["token add"].show(made) == made["token"]
    (listed,) = run("token list")
    assert listed["state"] == "active" and listed["scopes"] == {
        **dict.fromkeys(Area.values, "read"),
        "contacts": "write",
    }
    assert "contacts:write" in COMMANDS["token list"].show([listed])
    assert Program(made["token"]).get("contacts").status_code == 200
    run("token revoke", prefix=listed["prefix"])
    assert run("token list")[0]["state"] == "revoked" and Program(made["token"]).get("contacts").status_code == 401


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"member": "nobody@example.com"}, "Nobody signs in as nobody@example.com"),
        ({"scope": ["contacts"]}, "'contacts' is no scope"),
    ],
)
def test_it_says_what_is_wrong(alice, options, said):
    with pytest.raises(TenureError, match=said):
        add(**options)
