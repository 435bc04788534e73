"""Where a request comes from, when proxies say so."""

import pytest

from tenure.lib.addresses import client_address, is_among, networks

TRUSTED = networks("10.0.0.0/8, ::1")


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger may write what they like
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # what stands before it is hearsay
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),  # two proxies of ours
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
    ],
)
def test_it_believes_only_its_own_proxies(remote, forwarded, found):
    assert client_address(remote, forwarded, TRUSTED) == found


def test_it_believes_nobody_unless_told():
    assert client_address("127.0.0.1", "6.6.6.6", networks("")) == "127.0.0.1"
    assert not is_among("", TRUSTED)


def test_it_refuses_what_is_no_network():
    with pytest.raises(ValueError, match="proxy"):
        networks("10.0.0.1, proxy")
