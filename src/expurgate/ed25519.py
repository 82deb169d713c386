"""The public key of an Ed25519 seed (RFC 8032, 5.1), so that a key pair can be told from 64 other numbers.

It takes a few milliseconds and its time depends on the seed: good for checking and for making examples, not for signing.
"""

from __future__ import annotations

_PRIME = (1 << 255) - 19
_TWISTED = -121665 * pow(121666, -1, _PRIME) % _PRIME  # d of the curve
_BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
_BASE_Y = 4 * pow(5, -1, _PRIME) % _PRIME
_BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _PRIME)

_Point = tuple[int, int, int, int]


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to a seed of 32 bytes (RFC 8032, 5.1.5)."""
    from hashlib import sha512  # few runs meet a key pair

    digest = sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    point = (0, 1, 1, 0)
    for bit in f"{scalar:b}":
        point = _sum(point, point)
        if bit == "1":
            point = _sum(point, _BASE)
    inverse = pow(point[2], -1, _PRIME)
    x, y = point[0] * inverse % _PRIME, point[1] * inverse % _PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _sum(one: _Point, two: _Point) -> _Point:
    """The sum of two points in extended coordinates (RFC 8032, 5.1.4)."""
    a = (one[1] - one[0]) * (two[1] - two[0]) % _PRIME
    b = (one[1] + one[0]) * (two[1] + two[0]) % _PRIME
    c = 2 * one[3] * two[3] * _TWISTED % _PRIME
    d = 2 * one[2] * two[2] % _PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _PRIME, g * h % _PRIME, f * g % _PRIME, e * h % _PRIME
