"""Sample credentials of manuals, standards and emulators are known by their digests; what merely resembles one is not."""

import re

import pytest

from expurgate.verify import published
from expurgate.verify.placeholders import WORDED, placeholder
from expurgate.verify.published import publisher

# In pieces, so that none stands here.
SAMPLES = [
    ("Stripe", ("sk_te", "st_4eC39HqLyjW", "Darjt", "T1zdp7dc")),
    (
        "Azure storage emulator",
        ("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu", "Fq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw", "=="),
    ),
    (
        "Azure Cosmos DB emulator",
        ("C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9", "nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw", "=="),
    ),
    ("MinIO", ("zuf+tfteSlswRu7BJ", "86wekitnifILbZam1KYY3TG")),
    ("GitHub", ("gh", "p_16C7e42F292c6912E", "7710c838347Ae178B4a")),
    ("Discord", ("MTk4NjIyNDgzNDcx", "OTI1MjQ4.Cl2FMQ.", "ZnCjm1XVW7vRze4b7Cq4se7kKWs")),
    ("Telegram", ("110201543", ":AAHdqTcvCH1vGWJx", "fSeofSAs0K5PALDsaw")),
    ("Mailgun", ("ke", "y-3ax6xn", "jp29jd6fds4gc3", "73sgvjxteol0")),
    ("RFC 6749", ("2Yotn", "FZFEjr1zCsicMWpAA")),
    ("RFC 6749", ("czZCaGRSa3F0Mz", "pnWDFmQmF0M2JW")),
    ("RFC 6750", ("mF_9.B", "5f-4.1JqM")),
    ("RFC 7009", ("45ghiukl", "djahdnhzdauz")),
    ("RFC 7515", ("jpsQnnGQmL-YBIffH", "1136cspYG6-0iY7X1fCE9-E9LI")),
    ("RFC 5849", ("kd94hf93", "k423kf44")),
    ("Twitter", ("kAcSOqF21Fu85e7zjz7ZN", "2U4ZRhfV3WpwPAoE3Z7kBw")),
    ("Binance", ("NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP", "1e3UZjInClVN65XAbvqqM6A7H5fATj0j")),
    ("XRP Ledger", ("snoPBrXtMeMyMH", "UVTgbuqAfg1SUTb")),
    ("Hardhat", ("0x", "ac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80")),
    ("BIP 39", ("legal winner thank year wave sausage ", "worth useful legal winner thank yellow")),
]


@pytest.mark.parametrize("name,pieces", SAMPLES)
def test_samples_are_known_and_are_stand_ins(name: str, pieces: tuple[str, ...]) -> None:
    value = "".join(pieces).encode()
    assert publisher(value) == name
    assert placeholder(value) == f"published by {name}" != WORDED
    assert placeholder(b'"' + value + b'"') == f"published by {name}"


@pytest.mark.parametrize("name,pieces", SAMPLES)
def test_padding_and_the_sign_of_hexadecimal_do_not_count(name: str, pieces: tuple[str, ...]) -> None:
    bare = "".join(pieces).encode().rstrip(b"=").removeprefix(b"0x")
    assert publisher(bare) == publisher(bare + b"=") == publisher(bare + b"==") == publisher(b"0x" + bare) == name


@pytest.mark.parametrize("pieces", [pieces for _, pieces in SAMPLES])
def test_near_misses_are_not(pieces: tuple[str, ...]) -> None:
    value = "".join(pieces).encode().rstrip(b"=")
    changed = value[:-1] + (b"3" if value[-1:] != b"3" else b"8")
    for other in (changed, value[:-1], value + b"a", value[1:], value.swapcase(), value[::-1]):
        assert publisher(other) is None


def test_it_is_total() -> None:
    for value in (b"", b"=", b"0x", b"\xff\x00\n", b"a" * 100_000):
        assert publisher(value) is None


def test_digests_are_well_formed_and_unique() -> None:
    names = [name for name, _ in published._PRINTED]
    digests = [digest for _, digests in published._PRINTED for digest in digests.split()]
    assert all(re.fullmatch(r"[0-9a-f]{16}", digest) for digest in digests)
    assert len(set(digests)) == len(digests) and len(set(names)) == len(names)
    assert len(digests) >= 500
    assert published.digest(b"") not in digests and all(names)
