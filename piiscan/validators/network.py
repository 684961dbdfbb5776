"""Addresses of networks and machines: IPアドレス (IP address) and MACアドレス (MAC address)."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_network

from piiscan.verdict import Verdict

#: Addresses of documents: RFC 5737, RFC 3849, RFC 9637.
_SAMPLES = tuple(map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20")))
#: Shared by the customers of a provider: no one's own, no more than private ones are (RFC 6598).
_SHARED = ip_network("100.64.0.0/10")
_THIS = ip_network("0.0.0.0/8")
_PARTED = re.compile(r"[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}|[0-9A-Fa-f]{4}(?:\.[0-9A-Fa-f]{4}){2}")
_PLAIN = re.compile(r"[0-9A-Fa-f]{12}")
_NOBODY = frozenset({"0" * 12, "f" * 12})


def ip_address(value: str) -> Verdict:
    """Judge an address of version 4 or 6: private ones are an organisation's, loopback and multicast nobody's.

    >>> ip_address("133.11.0.1").name, ip_address("192.168.0.1").name, ip_address("2001:db8::1").name
    ('VALID', 'BUSINESS', 'SAMPLE')
    >>> ip_address("01.02.03.04").name, ip_address("127.0.0.1").name
    ('INVALID', 'INVALID')
    """
    try:
        address: IPv4Address | IPv6Address = IPv6Address(value) if ":" in value else IPv4Address(value)
    except AddressValueError:
        return Verdict.INVALID
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    # a mask such as 255.255.255.0 is no address: in version 4 what is reserved is also called private
    is_mask = address.version == 4 and address.is_reserved  # noqa: PLR2004 - the version
    if is_mask or address in _THIS or address.is_loopback or address.is_multicast or address.is_unspecified:
        return Verdict.INVALID
    if any(address in network for network in _SAMPLES):
        return Verdict.SAMPLE
    if address in _SHARED or address.is_private or address.is_link_local:
        return Verdict.BUSINESS
    return Verdict.INVALID if address.is_reserved else Verdict.VALID


def mac_address(value: str) -> Verdict:
    """Judge a MAC address (IEEE 802): one kind of separator; twelve digits without any are a failure.

    >>> mac_address("00:1A:2B:3C:4D:5E").name, mac_address("001A2B3C4D5E").name, mac_address("FF:FF:FF:FF:FF:FF").name
    ('VALID', 'FAILED', 'INVALID')
    """
    if re.sub("[-:.]", "", value).lower() in _NOBODY:
        return Verdict.INVALID
    if _PARTED.fullmatch(value):
        return Verdict.VALID
    return Verdict.FAILED if _PLAIN.fullmatch(value) else Verdict.INVALID
