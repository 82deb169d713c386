"""Identities are keyed hashes of the value: the same wherever it is found, and of no use to anybody without the key."""

import hashlib
import hmac
import stat
from dataclasses import replace
from multiprocessing.pool import ThreadPool
from pathlib import Path

import pytest

import expurgate
from expurgate import Config, Rule, Severity
from expurgate.errors import ConfigError
from expurgate.policy.identity import Key, canonical, load_key
from tests.support.tokens import card, email, token

RULE = Rule("acme", "Acme", "secret", Severity.HIGH, "x")


@pytest.fixture
def keyless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Without EXPURGATE_KEY; the path of the user's own key."""
    monkeypatch.delenv("EXPURGATE_KEY")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "expurgate" / "key"


def test_the_formula() -> None:
    expected = hmac.new(b"0123456789abcdef", b"family\0value", hashlib.sha256).hexdigest()[:32]
    assert Key(b"0123456789abcdef", "test").fingerprint("family", b"value") == expected


def test_neither_key_nor_value_is_printed(config: Config) -> None:
    assert "0123456789" not in repr(Key(b"0123456789abcdef", "test"))
    (finding,) = expurgate.scan_bytes(f"key = {token(1)}\n".encode(), config).findings
    assert token(1) not in repr(finding)


@pytest.mark.parametrize(
    ("form", "value", "same", "other"),
    [
        ("exact", b"Ab-1", b"Ab-1", b"ab-1"),
        ("lower", b"Ab-1", b"aB-1", b"ab1"),
        ("digits", b"+45 12-34", b"(45)1234", b"451235"),
        ("compact", b"DE12 3456", b"de-123456", b"de12345"),
    ],
)
def test_spellings_of_one_value(form: str, value: bytes, same: bytes, other: bytes) -> None:
    rule = replace(RULE, canonical=form)
    assert canonical(rule, value) == canonical(rule, same) != canonical(rule, other)


def test_spellings_are_one_finding(config: Config) -> None:
    number = card(1)
    grouped = " ".join(number[at : at + 4] for at in range(0, 16, 4))
    text = f"card = {number}\ncard = {grouped}\nmail = {email(1)}\nmail = {email(1).upper()}\n"
    found = expurgate.scan_bytes(text.encode(), config).findings
    assert sorted((finding.rule.id, len(finding.occurrences)) for finding in found) == [("email-address", 2), ("payment-card", 2)]


def fingerprints(text: str, config: Config, name: str = "-") -> list[str]:
    return [finding.fingerprint for finding in expurgate.scan_bytes(text.encode(), config, name).findings]


def test_place_and_surroundings_do_not_matter(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    one = fingerprints(f"key = {token(1)}\n", config)
    assert one == fingerprints(f"# moved\n\n    const token: '{token(1)}';\n", config, "other.ts")
    assert one != fingerprints(f"key = {token(2)}\n", config)
    monkeypatch.setenv("EXPURGATE_KEY", "the key of somebody else")
    assert one != fingerprints(f"key = {token(1)}\n", config)


def test_tags_are_new_in_each_run(config: Config) -> None:
    tags = {expurgate.scan_bytes(f"key = {token(1)}\n".encode(), config).findings[0].tag for _ in range(4)}
    assert len(tags) > 1
    assert all(tag.startswith("secret:") for tag in tags)


def test_the_order_of_keys(keyless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = load_key(None)
    assert (own.origin, own.lasting) == (str(keyless), True)
    named = tmp_path / "project.key"
    named.write_text("the key of the project\n")
    assert load_key(named).secret == b"the key of the project"
    monkeypatch.setenv("EXPURGATE_KEY", "the key in the environment")
    assert load_key(named).secret == b"the key in the environment"
    assert len({own.id, load_key(named).id}) == 2


def test_the_own_key_is_made_once_and_private(keyless: Path) -> None:
    assert load_key(None, create=False).lasting is False
    assert not keyless.exists()
    with ThreadPool(8) as pool:
        assert len({key.secret for key in pool.map(lambda _: load_key(None), range(8)) if key.lasting}) == 1
    assert len(load_key(None).secret) == 64
    assert stat.S_IMODE(keyless.stat().st_mode) == 0o600
    assert stat.S_IMODE(keyless.parent.stat().st_mode) == 0o700
    assert [path.name for path in keyless.parent.iterdir()] == ["key"]


def test_a_folder_that_cannot_be_made(keyless: Path) -> None:
    keyless.parent.write_text("a file\n")
    assert load_key(None).lasting is False


@pytest.mark.parametrize("content", [b"", b"\n", b"short\n"])
def test_short_keys(content: bytes, keyless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyless.parent.mkdir()
    for place, key_file in ((keyless, None), (tmp_path / "named", tmp_path / "named")):
        place.write_bytes(content)
        with pytest.raises(ConfigError, match="too short"):
            load_key(key_file)
    monkeypatch.setenv("EXPURGATE_KEY", "short")
    with pytest.raises(ConfigError, match="EXPURGATE_KEY is too short"):
        load_key(None)


def test_a_key_file_that_is_not_there(keyless: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no\.key cannot be read"):
        load_key(tmp_path / "no.key")
