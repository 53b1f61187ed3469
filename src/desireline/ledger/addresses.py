"""Which addresses changes may be sent to: those of the open internet, and others only where somebody said so.

Not open are loopback, private, link-local, shared (CGNAT) and unique local addresses, and all that leads to those by
another form: IPv4 in IPv6, 6to4, Teredo, NAT64. NEVER are the addresses at which clouds tell machines their secrets,
and those that are nobody's: no word opens them.
"""

from __future__ import annotations

import ipaddress
import socket

from desireline.errors import HookInvalid

OWN = "A receiver in your own network is named with --allow-local."

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NEVER = frozenset(
    ipaddress.ip_address(one)
    for one in ("169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192")
)
_NAT64 = tuple(ipaddress.IPv6Network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def literal_address(host: str) -> str:
    """The address that a host is written as; "" for a name. Old ways of writing, such as 0x7f.1, are addresses too."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return ""


def check_address(address: str, *, allow_local: bool) -> None:
    """Nothing happens when changes may be sent to this address. Raises HookInvalid."""
    plain = ipaddress.ip_address(address.partition("%")[0])
    for one in (plain, *_hidden(plain)):
        if one in NEVER or one.is_link_local or one.is_multicast or one.is_unspecified or _nobodys(one):
            raise HookInvalid(f"{address} is no address for a receiver.")
        if not allow_local and not _open(one):
            raise HookInvalid(f"{address} is not on the open internet. {OWN}")


def is_open(address: str) -> bool:
    """It is on the open internet, by whatever form it is written."""
    plain = ipaddress.ip_address(address.partition("%")[0])
    return all(_open(one) for one in (plain, *_hidden(plain)))


def _open(one: Address) -> bool:
    if isinstance(one, ipaddress.IPv6Address) and (one.ipv4_mapped or one.sixtofour or one in _NAT64[0]):
        return True  # what it leads to is asked for itself
    return one.is_global


def _nobodys(one: Address) -> bool:
    """Reserved for a use to come; loopback and forms that lead to IPv4 lie in reserved ranges, and are told apart."""
    return one.is_reserved and not one.is_loopback and not _hidden(one)


def _hidden(one: Address) -> list[Address]:
    """The IPv4 addresses to which an IPv6 address leads."""
    if isinstance(one, ipaddress.IPv4Address):
        return []
    found: list[Address | None] = [one.ipv4_mapped, one.sixtofour, *(one.teredo or ())]
    if any(one in net for net in _NAT64) or (one in _COMPATIBLE and int(one) > 1):
        found.append(ipaddress.IPv4Address(int(one) & 0xFFFF_FFFF))
    return [address for address in found if address is not None]
