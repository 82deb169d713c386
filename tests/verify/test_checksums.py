"""Check digits: right ones hold, one changed character does not, published ones never do."""

import random
import zlib

import pytest

from expurgate.verify import bitcoin, cards, checksums
from expurgate.verify.checksums import BASE62, IBAN_SAMPLES, base62
from expurgate.verify.validators import Validator
from tests.support.templates import made


def changed(value: bytes, at: int) -> bytes:
    """The value with another digit or letter at a place."""
    new = b"3" if value[at : at + 1] != b"3" else b"8"
    return value[:at] + new + value[at + 1 :]


@pytest.mark.parametrize(
    "prefix,size", [("4929", 16), ("5241", 16), ("2412", 16), ("3742", 15), ("60115", 16), ("30112", 14), ("675921", 18)]
)
def test_cards_of_all_networks_hold_in_every_writing(prefix: str, size: int) -> None:
    card = made(f"{{luhn:{prefix}:{size}}}")
    assert cards.luhn_card(card)
    assert cards.luhn_card(b" ".join(card[i : i + 4] for i in range(0, size, 4)))
    assert cards.luhn_card(b"-".join(card[i : i + 4] for i in range(0, size, 4)))
    assert cards.luhn_card(changed(card, 9)) is False


@pytest.mark.parametrize(
    "text", ["4242 4242 4242 4242", "4111-1111-1111-1111", "5555555555554444", "3782 822463 10005", "4000000000009995", ""]
)
def test_test_cards_do_not_hold(text: str) -> None:
    assert cards.luhn_card(text.encode()) is False


def test_every_listed_test_card_is_a_card() -> None:
    assert all(checksums.luhn(card) for card in cards.TEST_CARDS)


@pytest.mark.parametrize("prefix,size", [("9929", 16), ("4929", 15), ("1700", 13)])
def test_numbers_of_no_network_do_not_hold(prefix: str, size: int) -> None:
    assert cards.luhn_card(made(f"{{luhn:{prefix}:{size}}}")) is False


def test_barcode_is_not_a_card() -> None:
    bodies = (b"40%011d" % number for number in range(10**5, 10**5 + 3000))
    both = [body for body in bodies if checksums.luhn(body) and cards._ean13(body)]
    assert both
    assert not any(cards.luhn_card(body) for body in both)


@pytest.mark.parametrize("country", ["DE", "GB", "FR", "NO", "AT", "IT", "MT"])
def test_iban(country: str) -> None:
    iban = made(f"{{iban:{country}}}")
    assert checksums.iban(iban)
    assert checksums.iban(b" ".join(iban[i : i + 4] for i in range(0, len(iban), 4)))
    assert checksums.iban(iban.lower())
    assert checksums.iban(changed(iban, len(iban) - 1)) is False
    assert checksums.iban(iban + b"0") is False
    assert checksums.iban(b"ZZ" + iban[2:]) is False


def test_published_ibans_do_not_hold() -> None:
    assert not any(checksums.iban(sample) for sample in IBAN_SAMPLES)


@pytest.mark.parametrize(
    "prefix,check", [("ghp_", checksums.github_checksum), ("npm_", checksums.npm_checksum), ("x_", checksums.crc32_base62)]
)
def test_token_checksum(prefix: str, check: Validator) -> None:
    token = made(f"{{crc32-base62:{prefix}:30}}")
    assert check(token)
    assert check(changed(token, 12)) is False


def test_tokens_without_a_known_checksum_have_no_verdict() -> None:
    assert checksums.github_checksum(made("github{}_pat_{alnum:22}_{alnum:59}")) is None
    assert checksums.npm_checksum(made("{uuid}")) is None


def test_base62_is_padded() -> None:
    assert base62(0, 6) == b"000000"
    assert base62(61, 6) == b"00000z"
    assert len(base62(zlib.crc32(b"x"), 6)) == 6
    assert BASE62.index(b"A") == 10


@pytest.mark.parametrize("prefix", ["SU", "SA", "SO", "SN", "SX", "SC"])
def test_nkey(prefix: str) -> None:
    seed = made(f"{{nkey:{prefix}}}")
    assert checksums.nkey_crc(seed)
    assert checksums.nkey_crc(seed[:20] + (b"A" if seed[20:21] != b"A" else b"B") + seed[21:]) is False
    assert checksums.nkey_crc(seed[:-1]) is False


def test_routing_number() -> None:
    digits = "02100002"
    right = [d for d in range(10) if checksums.aba_routing(f"{digits}{d}".encode())]
    assert len(right) == 1
    assert checksums.aba_routing(b"521000021") is False


@pytest.mark.parametrize(
    "parts",
    [
        ("bc1qw508d6q", "ejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        ("bc1p0xlxvlhemja6", "c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
        ("16UwLL9Risc3Qf", "PqBUvKofHmBQ7wMtjvM"),
    ],
)
def test_bitcoin_vectors(parts: tuple[str, str]) -> None:
    """BIP 173, BIP 350 and the wiki's article on addresses."""
    address = "".join(parts).encode()
    assert bitcoin.btc_address(address)
    assert bitcoin.btc_address(address[:-1] + (b"q" if address[-1:] != b"q" else b"p")) is False


def test_bitcoin_burn_and_mixed_case_do_not_hold() -> None:
    assert bitcoin.btc_address(b"1" * 21 + b"4oLvT2") is False
    assert bitcoin.btc_address(b"bc1QW508d6q" + b"ejxtdg4y5r3zarvary0c5xw7kv8f3t4") is False


def test_random_digits_seldom_pass_for_cards() -> None:
    rng = random.Random(7)
    passed = sum(bool(cards.luhn_card(b"%016d" % rng.randrange(10**16))) for _ in range(5000))
    assert passed < 250
