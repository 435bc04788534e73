"""Network addresses: whose word is believed about where a request comes from, and whom we may connect to."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.utils.translation import gettext as _

from tenure.lib.errors import TenureError

Network = IPv4Network | IPv6Network


class AddressRefused(TenureError):
    """We do not connect to this host: it is not known, or in a network the settings do not open."""


def networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks like "10.0.0.4, 192.168.0.0/16, ::1"; raises ValueError."""
    return tuple(ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip())


def is_among(address: str, trusted: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted)


def client_address(remote: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """Where a request comes from: the last in the chain that is none of our proxies.

    `remote` is who connected, `forwarded` the X-Forwarded-For they sent. Every proxy adds whom it heard from at the
    end; what stands before the first one that is not ours, anybody may have written.
    """
    chain = [*(each.strip() for each in forwarded.split(",") if each.strip()), remote]
    while len(chain) > 1 and is_among(chain[-1], trusted):
        heard_from = chain[-2]
        try:
            ip_address(heard_from)
        except ValueError:
            break
        chain.pop()
    return chain[-1]


def outbound(host: str, port: int, allowed: str) -> str:
    """The address to connect to, looked up once: a name cannot lead elsewhere afterwards. Raises AddressRefused.

    Public addresses are open. `allowed` opens others: names, addresses and networks, comma separated.
    """
    opened = [each.strip().lower() for each in allowed.split(",") if each.strip()]
    name = host.strip().lower().rstrip(".").strip("[]")
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        found = []
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not name or not addresses:
        raise AddressRefused(_("There is no host “%(host)s”.") % {"host": host})
    if name not in opened:
        for address in addresses:
            if not _is_public(ip_address(address)) and not any(_lies_in(address, each) for each in opened):
                said = _("%(host)s is in a private network. The operator opens it by naming it in TENURE_SYNC_HOSTS.")
                raise AddressRefused(said % {"host": host})
    return addresses[0]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return (mapped or address).is_global and not address.is_multicast


def _lies_in(address: str, network: str) -> bool:
    try:
        return is_among(address, networks(network))
    except ValueError:  # a name
        return False
