"""Network addresses: whose word is believed about where a request comes from."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


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
