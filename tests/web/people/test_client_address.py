"""X-Forwarded-For counts where a configured proxy says it, and nowhere else."""

import pytest

from tenure.activity.models import Activity
from tenure.lib.addresses import networks

LOGIN = {"login": "bob@example.com", "password": "guess"}


@pytest.mark.parametrize(
    ("remote", "noted"), [("10.0.0.1", "198.51.100.7"), ("203.0.113.9", "203.0.113.9"), ("127.0.0.1", "127.0.0.1")]
)
def test_it_believes_configured_proxies_only(client, bob, settings, monkeypatch, remote, noted):
    monkeypatch.setitem(settings.CONFIG.__dict__, "proxies", networks("10.0.0.0/8"))
    client.post("/login/", LOGIN, REMOTE_ADDR=remote, headers={"X-Forwarded-For": "6.6.6.6, 198.51.100.7"})
    assert Activity.objects.get().address == noted


@pytest.mark.parametrize(("remote", "scheme"), [("10.0.0.1", "https"), ("203.0.113.9", "http")])
def test_it_takes_the_scheme_from_them_too(client, alice, settings, monkeypatch, remote, scheme):
    monkeypatch.setitem(settings.CONFIG.__dict__, "proxies", networks("10.0.0.1"))
    client.force_login(alice)
    page = client.post(
        f"/settings/members/{_member(alice)}/password-link/", REMOTE_ADDR=remote, headers={"X-Forwarded-Proto": "https"}
    ).content.decode()
    assert f"{scheme}://testserver" in page


def _member(alice) -> int:
    return type(alice).objects.create_user("eve@example.com").pk
