"""Network addresses: IPv4, IPv6 and MAC.

The standard library's `ipaddress` takes as long to import as all our own modules together, so the few ranges stand here.
Functions answer True (a public address), False (reserved, documentation or none at all) or None, and never raise.
"""

from __future__ import annotations

import re

# IANA IPv4 special-purpose address registry (RFC 6890 and later), multicast and class E included: network, prefix length.
_IPV4_RESERVED = tuple(
    (int.from_bytes(bytes(map(int, network.split(b"."))), "big") >> (32 - int(length)), 32 - int(length))
    for network, _, length in (
        item.partition(b"/")
        for item in (
            b"0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
            b"192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 "
            b"203.0.113.0/24 224.0.0.0/3"
        ).split()
    )
)
# Public resolvers: everybody's, so nobody's. Cloudflare, Google, Quad9, OpenDNS, Level 3, AliDNS, 114DNS.
_RESOLVERS = frozenset(
    b"1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 8.8.8.8 8.8.4.4 9.9.9.9 9.9.9.10 149.112.112.112 208.67.222.222 "
    b"208.67.220.220 4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 223.5.5.5 223.6.6.6 114.114.114.114 114.114.115.115".split()
)
_RESOLVERS6 = frozenset(
    (
        0x20014860486000000000000000008888,
        0x20014860486000000000000000008844,
        0x26064700470000000000000000001111,
        0x26064700470000000000000000001001,
        0x262000FE0000000000000000000000FE,
        0x262000FE000000000000000000000009,
    )
)
# Colon-separated numbers that documentation counts up: 00:11:22:33:44:55 and the like.
_MAC_SAMPLES = frozenset(
    b"001122334455 0123456789ab aabbccddeeff 112233445566 123456789abc 123456789012 deadbeefcafe cafebabe0001 001122aabbcc "
    b"feedfacebeef abcdef012345 abcdef123456 000102030405 010203040506 a1b2c3d4e5f6 1a2b3c4d5e6f 00deadbeef00 deadbeef0001 "
    b"00aabbccddee 0a0b0c0d0e0f 102030405060 665544332211 ffeeddccbbaa 554433221100".split()
)


def ipv4_number(value: bytes) -> int | None:
    """The number of a dotted quad without leading zeros, or None."""
    parts = value.split(b".")
    if len(parts) != 4:
        return None
    number = 0
    for part in parts:
        if not part.isdigit() or len(part) > 3 or int(part) > 255 or (part[:1] == b"0" and len(part) > 1):
            return None
        number = number << 8 | int(part)
    return number


def ipv4_public(value: bytes) -> bool | None:
    """A globally routed IPv4 address. None if it may as well be a version: no part has three digits, or both middle ones are 0.

    False for every reserved range, for public resolvers, for network and broadcast addresses (x.x.x.0, x.x.x.255), for four
    single digits and for object identifiers (2.5.4.10).
    """
    number = ipv4_number(value)
    if number is None or value in _RESOLVERS or number & 0xFF in (0, 255):
        return False
    if any(number >> shift == network for network, shift in _IPV4_RESERVED):
        return False
    parts = [int(part) for part in value.split(b".")]
    if (
        max(parts) < 10
        or (parts[0] < 3 and max(parts) < 100)
        or len(set(parts)) == 1
        or parts[1:] == [parts[0] + 1, parts[0] + 2, parts[0] + 3]
    ):
        return False
    return None if max(parts) < 100 or parts[1] == parts[2] == 0 else True


def ipv6_number(value: bytes) -> int | None:
    """The number of an IPv6 address in any form of RFC 4291, 2.2 (dotted quad at the end included), or None."""
    head, double, tail = value.partition(b"::")
    if b"::" in tail or (double and tail.startswith(b":")):
        return None
    left, right = _groups(head), _groups(tail)
    if left is None or right is None:
        return None
    missing = 8 - len(left) - len(right)
    if missing < 0 or (missing > 0) != bool(double):
        return None
    number = 0
    for group in (*left, *[0] * missing, *right):
        number = number << 16 | group
    return number


def _groups(text: bytes) -> list[int] | None:
    """The 16-bit groups of a colon-separated text, or None."""
    if not text:
        return []
    groups: list[int] = []
    parts = text.split(b":")
    for at, part in enumerate(parts):
        if re.fullmatch(rb"[0-9A-Fa-f]{1,4}", part):
            groups.append(int(part, 16))
        elif at == len(parts) - 1 and (quad := ipv4_number(part)) is not None:
            groups += [quad >> 16, quad & 0xFFFF]
        else:
            return None
    return groups


def ipv6_public(value: bytes) -> bool | None:
    """A global unicast IPv6 address (2000::/3), or an IPv4-mapped one whose IPv4 part is public.

    False for the rest of the IANA special-purpose registry: 2001:db8::/32, 3fff::/20 (documentation), 2001::/23 (protocols),
    2620:4f:8000::/48, for public resolvers, networks (`2a02::`) and addresses made up of two groups (`2000::1`).
    """
    number = ipv6_number(value)
    if number is None or number in _RESOLVERS6:
        return False
    if number >> 32 == 0xFFFF:
        return ipv4_public(b".".join(b"%d" % (number >> shift & 255) for shift in (24, 16, 8, 0)))
    if number >> 125 != 1 or number >> 96 == 0x20010DB8 or number >> 108 == 0x3FFF0 or number >> 105 == 0x200100 >> 1:
        return False
    groups = sum(number >> shift & 0xFFFF != 0 for shift in range(0, 128, 16))
    if number >> 80 == 0x2620004F8000 or number & ((1 << 80) - 1) == 0 or groups < 3:
        return False
    return not re.search(rb"(?i)1234:5678|1:2:3:4|dead:beef|cafe:babe|1111:2222", value)


def mac_address(value: bytes) -> bool | None:
    """An EUI-48 of one device. False for zero, broadcast, multicast (bit 0 of the first byte), RFC 7042's documentation range
    00:00:5E:00:53:xx, Docker's 02:42, libvirt's and QEMU's defaults, and counted-up samples; None if locally administered (bit 1).
    """
    bare = value.translate(None, b":-.").lower()
    if not re.fullmatch(rb"[0-9a-f]{12}", bare) or len(set(bare)) <= 2 or bare in _MAC_SAMPLES:
        return False
    if bare.startswith((b"00005e", b"0242", b"525400")) or bare.endswith(b"00000000"):
        return False
    if re.fullmatch(rb"(..)\1{5}|0.0.0.0.0.0.", bare):
        return False
    first = int(bare[:2], 16)
    if first & 1:
        return False
    return None if first & 2 else True
