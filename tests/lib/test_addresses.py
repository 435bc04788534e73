"""Where a request comes from, when proxies say so."""

import pytest

from tenure.lib.addresses import AddressRefused, client_address, is_among, networks, outbound

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


@pytest.mark.parametrize(
    ("host", "allowed", "reached"),
    [
        ("93.184.216.34", "", "93.184.216.34"),
        ("127.0.0.1", "10.0.0.0/8, 127.0.0.0/8", "127.0.0.1"),
        ("LOCALHOST.", "localhost", "127.0.0.1"),
    ],
)
def test_it_connects_to_public_addresses_and_to_those_that_are_opened(host, allowed, reached):
    assert outbound(host, 5432, allowed) in (reached, "::1")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "0.0.0.0",
        "fd00::1",
        "224.0.0.1",
    ],
)
def test_it_connects_to_no_private_address_that_is_not(host):
    with pytest.raises(AddressRefused, match="private network"):
        outbound(host, 5432, "192.168.0.0/16, db.internal")


@pytest.mark.parametrize("host", ["", "no.such.host.invalid", "a b", "/run/postgresql", "x" * 300])
def test_it_connects_to_nobody_it_does_not_know(host):
    with pytest.raises(AddressRefused, match="no host"):
        outbound(host, 5432, "")
