"""Keys of wallets: published vectors and made ones hold, one changed character does not, other data never does."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expurgate import ed25519
from expurgate.verify import base58, wallets
from expurgate.verify.validators import Validator
from tests.support.templates import made

VALIDATORS: list[Validator] = [
    wallets.bip32_key,
    wallets.bitcoin_wif,
    wallets.ed25519_pair,
    wallets.ethereum_key,
    wallets.stellar_seed,
    wallets.xrp_seed,
]


def changed(value: bytes, at: int) -> bytes:
    """The value with another character of its alphabet at a place."""
    new = b"T" if value[at : at + 1] != b"T" else b"K"
    return value[:at] + new + value[at + 1 :]


@pytest.mark.parametrize(
    ("validator", "parts"),
    [
        (wallets.bitcoin_wif, ("5HueCGU8rMjxEXxiPuD5BDku", "4MkFqeZyd4dZ1jvhTVqvbTLvyTJ")),  # Bitcoin wiki
        (wallets.bitcoin_wif, ("KwdMAjGmerYanjeui5SHS7Jkmp", "ZvVipYvB2LJGU1ZxJwYvP98617")),  # Bitcoin wiki
        (wallets.xrp_seed, ("sn3nxiW7v8KXzP", "zAqzyHXbSSKNuN9")),  # xrpl.org, wallet_propose
        (wallets.xrp_seed, ("snoPBrXtMeMyMH", "UVTgbuqAfg1SUTb")),  # xrpl.org, genesis account
        (  # BIP 32, vector 1
            wallets.bip32_key,
            (
                "xpr" + "v9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq",
                "3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
            ),
        ),
        (wallets.stellar_seed, ("SDJHRQF4GCMIIKAAAQ6IHY42X73F", "QFLHUULAPSKKD4DFDM7UXWWCRHBE")),  # js-stellar-base
    ],
)
def test_published_vectors(validator: Validator, parts: tuple[str, str]) -> None:
    key = "".join(parts).encode()
    assert validator(key) is True
    for at in (4, 12, len(key) - 1):
        assert validator(changed(key, at)) is False
    assert validator(key[:-1]) is False


@pytest.mark.parametrize(
    ("validator", "template"),
    [
        *((wallets.bitcoin_wif, f"{{wif:{first}}}") for first in "5KL9c"),
        *((wallets.bip32_key, f"{{bip32:{first}}}") for first in "xyzt"),
        (wallets.xrp_seed, "{xrp:s}"),
        (wallets.xrp_seed, "{xrp:sEd}"),
        (wallets.stellar_seed, "{stellar}"),
    ],
)
def test_made_keys(validator: Validator, template: str) -> None:
    for seed in "abcdef":
        key = made(template, seed)
        assert validator(key) is True
        assert validator(changed(key, 9)) is False


def test_a_right_checksum_of_something_else_does_not_hold() -> None:
    """Addresses and public keys are written the same way."""
    address, public = b"16UwLL9Risc3Qf" + b"PqBUvKofHmBQ7wMtjvM", made("{bip32:x}")
    assert base58.payload(address)
    assert wallets.bitcoin_wif(address) is wallets.bip32_key(address) is wallets.xrp_seed(address) is False
    assert wallets.bitcoin_wif(public) is False
    assert wallets.stellar_seed(made("{nkey:SU}")) is False
    assert wallets.xrp_seed(made("{wif:5}")) is False


def test_base58_is_bounded() -> None:
    assert base58.payload(b"1" * 100_000) == base58.payload(b"2" * 129) == base58.payload(b"") == base58.payload(b"0OIl") == b""


def test_ethereum_keys_are_never_proved() -> None:
    """They have no checksum."""
    assert wallets.ethereum_key(made("{hex:64}")) is None
    assert wallets.ethereum_key(b"0x" + made("{HEX:64}")) is None


@pytest.mark.parametrize("text", ["{hex:63}", "{hex:65}", "0x" + "0" * 63 + "1", "f" * 64, "ffffffff" * 4 + "{hex:32}", "01" * 32])
def test_what_is_no_ethereum_key(text: str) -> None:
    assert wallets.ethereum_key(made(text)) is False


@pytest.mark.parametrize(
    ("seed", "public"),
    [  # RFC 8032, 7.1, tests 1 and 2
        (
            ("9d61b19deffd5a60ba844af492ec2cc4", "4449c5697b326919703bac031cae7f60"),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        ),
        (
            ("4ccd089b28ff96da9db6c346ec114e0f", "5b8a319f35aba624da8cf6ed4fb8a6fb"),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        ),
    ],
)
def test_ed25519_vectors(seed: tuple[str, str], public: str) -> None:
    raw = bytes.fromhex("".join(seed))
    assert ed25519.public_key(raw).hex() == public
    pair = raw + bytes.fromhex(public)
    assert wallets.ed25519_pair(", ".join(map(str, pair)).encode())
    assert wallets.ed25519_pair("\n  ,".join(map(str, pair)).encode())
    assert wallets.ed25519_pair(",".join(map(str, pair[::-1])).encode()) is False


def test_other_numbers_are_no_pair() -> None:
    rng = random.Random(5)
    assert wallets.ed25519_pair(",".join(map(str, rng.randbytes(64))).encode()) is False
    assert wallets.ed25519_pair(made("{ed25519-pair:,}") + b",7") is False
    assert wallets.ed25519_pair(made("{ed25519-pair:,}").replace(b",", b",1000", 1)) is False
    assert wallets.ed25519_pair(b"9" * 100_000) is False


@pytest.mark.parametrize("validator", VALIDATORS)
@given(value=st.one_of(st.binary(max_size=150), st.text("123456789ABCDEFabcdefSsxprv0, ", max_size=150).map(str.encode)))
def test_random_bytes_prove_nothing(validator: Validator, value: bytes) -> None:
    assert validator(value) in (False, None)
