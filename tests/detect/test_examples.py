"""Templates of rule examples are filled as docs/rules.md says."""

import base64
import binascii
import re
import zlib

import pytest

from expurgate.detect.examples import Example, expand

SEEDS = [f"rule-{number}" for number in range(20)]


def text(template: str, seed: str = "some-rule") -> str:
    return expand(template, seed).text.decode()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("marker", "pattern"),
    [
        ("{alnum:32}", r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{32}"),
        ("{alpha:34}", r"(?=.*[a-z])(?=.*[A-Z])[A-Za-z]{34}"),
        ("{lower:20}", r"[a-z]{20}"),
        ("{upper:20}", r"[A-Z]{20}"),
        ("{loweralnum:24}", r"(?=.*[a-z])(?=.*[0-9])[a-z0-9]{24}"),
        ("{upperalnum:24}", r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{24}"),
        ("{digits:18}", r"[0-9]{18}"),
        ("{hex:64}", r"(?=.*[a-f])(?=.*[0-9])[a-f0-9]{64}"),
        ("{HEX:40}", r"(?=.*[A-F])(?=.*[0-9])[A-F0-9]{40}"),
        ("{base32:16}", r"(?=.*[A-Z])(?=.*[2-7])[A-Z2-7]{16}"),
        ("{base58:40}", r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[1-9A-HJ-NP-Za-km-z]{40}"),
        ("{base64:86}", r"(?=.*[+/])[A-Za-z0-9][A-Za-z0-9+/]{84}[A-Za-z0-9]"),
        ("{base64url:43}", r"(?=.*[-_])[A-Za-z0-9][A-Za-z0-9_-]{41}[A-Za-z0-9]"),
        ("{word:9}", r"([b-z][aeiou]){4}[b-z]"),
        ("{uuid}", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        ("{nkey:SU}", r"SU[A-Z2-7]{56}"),
        ("{stellar}", r"S[A-D][A-Z2-7]{54}"),
        ("{wif:5}", r"5[HJK][1-9A-HJ-NP-Za-km-z]{49}"),
        ("{wif:K}", r"K[1-9A-HJ-NP-Za-km-z]{51}"),
        ("{wif:L}", r"L[1-9A-HJ-NP-Za-km-z]{51}"),
        ("{wif:9}", r"9[1-9A-HJ-NP-Za-km-z]{50}"),
        ("{wif:c}", r"c[1-9A-HJ-NP-Za-km-z]{51}"),
        ("{bip32:z}", r"zprv[1-9A-HJ-NP-Za-km-z]{107}"),
        ("{xrp:s}", r"s[1-9A-HJ-NP-Za-km-z]{28}"),
        ("{xrp:sEd}", r"sEd[1-9A-HJ-NP-Za-km-z]{28}"),
        ("{ed25519-pair:, }", r"\d{1,3}(, \d{1,3}){63}"),
        ("{type7:9}", r"(0\d|1[0-5])[0-9A-F]{18}"),
        ("{minisign}", r"RWQAAEIy[A-Za-z0-9+/]{203}="),
        ("{signify}", r"RWRCSwAAAA[A-D][A-Za-z0-9+/]{128}="),
        ("{der:RSA PRIVATE KEY}", r"MIIE[A-Za-z0-9+/]{2}IBAAKCAQEA[A-Za-z0-9+/]{1500,}={0,2}"),
        ("{hex:1}", r"[a-f0-9]"),
        ("{base64:2}", r"[A-Za-z0-9]{2}"),
    ],
)
def test_fills_have_their_alphabet_and_length(marker: str, pattern: str, seed: str) -> None:
    assert re.fullmatch(pattern, text(marker, seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_fills_hold_no_runs_and_no_placeholder_words(seed: str) -> None:
    made = text("{alnum:400}{word:40}", seed).lower()
    assert not re.search(r"(.)\1\1|1234|abcd|test|example|sample|fake|xxx", made)


def test_the_seed_alone_decides() -> None:
    assert expand("a={alnum:30}", "one") == expand("a={alnum:30}", "one")
    assert expand("a={alnum:30}", "one") != expand("a={alnum:30}", "two")


def test_two_markers_of_one_template_differ() -> None:
    first, second = text("{alnum:30} {alnum:30}").split()
    assert first != second


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("plain", "plain"),
        ("-----BEG{}IN", "-----BEGIN"),
        ("a{n}b", "a\nb"),
        ("{{x}}", "{x}"),
        ("ü", "ü"),
        ("{b64:ab?}", "YWI/"),
        ("{b64:a}", "YQ=="),
        ("{b64url:ab?}", "YWI_"),
        ("{b64url:a}", "YQ"),
        ('{b64url:{{"a":{{"b":1}}}}}', base64.urlsafe_b64encode(b'{"a":{"b":1}}').decode().rstrip("=")),
    ],
)
def test_literals_and_encodings(template: str, made: str) -> None:
    assert text(template) == made


def test_encoded_text_may_hold_markers() -> None:
    user, _, password = base64.b64decode(text("{b64:{word:6}:{alnum:12}}")).partition(b":")
    assert re.fullmatch(rb"[a-z]{6}", user)
    assert re.fullmatch(rb"[A-Za-z0-9]{12}", password)


def test_the_marks_bound_the_value_in_bytes() -> None:
    example = expand('ü "{>}ab{hex:4}{<}"', "s")
    assert re.fullmatch(rb"ab[0-9a-f]{4}", example.text[example.start : example.end])
    assert expand("abc", "s") == Example(b"abc", 0, 3)


def test_the_value_is_not_shown() -> None:
    assert "abc" not in repr(expand("abc", "s"))


@pytest.mark.parametrize("seed", SEEDS)
def test_crc32_base62(seed: str) -> None:
    made = text("{crc32-base62:ghp_:30}", seed)
    assert re.fullmatch(r"ghp_[A-Za-z0-9]{36}", made)
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    value = 0
    for char in made[-6:]:
        value = value * 62 + alphabet.index(char)
    assert value == zlib.crc32(made[4:-6].encode())


@pytest.mark.parametrize("prefix", ["SU", "SA", "SO", "SN", "SC", "SX"])
def test_nkey_seeds(prefix: str) -> None:
    made = text(f"{{nkey:{prefix}}}")
    assert made.startswith(prefix)
    assert len(made) == 58
    raw = base64.b32decode(made + "======")
    assert int.from_bytes(raw[-2:], "little") == binascii.crc_hqx(raw[:-2], 0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("prefix", "count"), [("4", 16), ("37", 15), ("", 13), ("411111111111111", 16)])
def test_luhn(prefix: str, count: int, seed: str) -> None:
    made = text(f"{{luhn:{prefix}:{count}}}", seed)
    assert made.startswith(prefix)
    assert len(made) == count
    digits = [int(digit) for digit in reversed(made)]
    assert sum(digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)) % 10 == 0


@pytest.mark.parametrize(("country", "length"), [("DE", 22), ("GB", 22), ("FR", 27), ("NL", 18), ("MT", 31), ("NO", 15)])
def test_iban(country: str, length: int) -> None:
    made = text(f"{{iban:{country}}}")
    assert len(made) == length
    assert made.startswith(country)
    assert int("".join(str(int(char, 36)) for char in made[4:] + made[:4])) % 97 == 1


def body(pem: str) -> bytes:
    lines = pem.split("\n")
    assert all(len(line) == 64 for line in lines[1:-2])
    return base64.b64decode("".join(lines[1:-1]), validate=True)


@pytest.mark.parametrize("label", ["RSA PRIVATE KEY", "DSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY"])
def test_pem_holds_one_der_sequence(label: str) -> None:
    made = text(f"{{pem:{label}}}")
    assert made.startswith(f"-----BEGIN {label}-----\n")
    assert made.endswith(f"\n-----END {label}-----")
    der = body(made)
    assert der[0] == 0x30
    head = 2 if der[1] < 128 else 2 + (der[1] & 0x7F)
    size = der[1] if der[1] < 128 else int.from_bytes(der[2:head], "big")
    assert len(der) == head + size


@pytest.mark.parametrize("label", ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE", "PUBLIC KEY"])
def test_der_is_the_body_of_pem(label: str) -> None:
    assert base64.b64decode(text(f"{{der:{label}}}")) == body(text(f"{{pem:{label}}}"))


def test_pem_of_openssh() -> None:
    der = body(text("{pem:OPENSSH PRIVATE KEY}"))
    assert der.startswith(b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01")
    at = 39
    public = int.from_bytes(der[at : at + 4], "big")
    at += 4 + public
    secret = int.from_bytes(der[at : at + 4], "big")
    assert at + 4 + secret == len(der)
    assert secret % 8 == 0


def test_pem_of_pgp_ends_with_its_checksum() -> None:
    lines = text("{pem:PGP PRIVATE KEY BLOCK}").split("\n")
    assert lines[1] == ""
    assert re.fullmatch(r"=[A-Za-z0-9+/]{4}", lines[-2])
    content = base64.b64decode("".join(lines[2:-2]))
    assert content[0] == 0x95
    assert int.from_bytes(content[1:3], "big") == len(content) - 3


@pytest.mark.parametrize(
    "template",
    [
        "{nope:3}", "{alnum}", "{alnum:}", "{alnum:0}", "{alnum:x}", "{uuid:3}", "{nkey:XX}", "{nkey:AU}", "{iban:QQ}",
        "{wif:1}", "{wif}", "{xrp:x}", "{bip32:}", "{stellar:S}", "{minisign:1}", "{signify:1}", "{type7:x}", "{der:}", "{der:a}",
        "{luhn:4:0}", "{luhn:44444:4}", "{luhn:x:9}", "{crc32-base62:ghp_}", "{pem:}", "{pem:a b}", "{n:3}", "{>:1}",
        "{b64:open", "{", "}", "{a b}", "a{>}b", "a{<}b", "{<}a{>}", "{>}{>}a{<}", "{b64:{>}a{<}}", "{:3}",
    ],
)  # fmt: skip
def test_bad_markers_are_refused(template: str) -> None:
    with pytest.raises(ValueError, match=re.escape(template[:2])):
        expand(template, "s")
