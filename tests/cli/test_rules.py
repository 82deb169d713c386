"""`expurgate rules`: the built-in set holds, and a set that does not is refused with the place of its fault."""

import re
from pathlib import Path

import pytest

from tests.support.cli import Cli, Result

GOOD = r"""
[[rule]]
id = "acme-api-key"
title = "Acme API key"
category = "secret"
severity = "high"
pattern = '\bacme_(?P<value>[A-Za-z0-9]{32})\b'
references = ["https://acme.example/docs/keys"]
examples = ['key = "acme_{>}{alnum:32}{<}"']
negative_examples = ["acme_{alnum:31}"]
"""
PATTERN = r"'\bacme_(?P<value>[A-Za-z0-9]{32})\b'"


def check(cli: Cli, folder: Path, text: str) -> Result:
    (folder / "acme.toml").write_text(text)
    return cli.run("rules", "check", folder)


def test_the_built_in_rules_hold(cli: Cli) -> None:
    result = cli.run("rules", "check")
    assert (result.code, result.err) == (0, b"")
    told = re.search(rb"^(\d+) rules in \d+ files hold \((\d+) examples\)$", result.out, re.MULTILINE)
    assert told
    assert int(told[1]) >= 95
    assert int(told[2]) >= 3 * int(told[1])
    assert re.search(rb"^all together: \d+ MB/s", result.out, re.MULTILINE)


def test_a_good_rule_holds(cli: Cli, tmp_path: Path) -> None:
    result = check(cli, tmp_path, GOOD)
    assert (result.code, result.err) == (0, b"")
    assert b"1 rules in 1 files hold (3 examples)" in result.out
    assert re.search(rb"^ +\d+ MB/s  acme-api-key$", result.out, re.MULTILINE)


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


FAULTS = {
    "example that is not found": (changed('key = "acme_', 'key = "amce_'), "is not found"),
    "example found with another value": (changed("acme_{>}", "{>}acme_"), "with another value"),
    "example that is no template": (changed("{alnum:32}", "{alnun:32}"), "alnun"),
    "negative example that is found": (changed("{alnum:31}", "{alnum:32}"), "negative example .* is found"),
    "no example": (changed("""examples = ['key = "acme_{>}{alnum:32}{<}"']\nneg""", "neg"), "has no example"),
    "no negative example": (changed('negative_examples = ["acme_{alnum:31}"]\n', ""), "has no negative example"),
    "empty negative examples": (changed('["acme_{alnum:31}"]', "[]"), "has no negative example"),
    "duplicate id": (GOOD + GOOD, r":13: .* is used already at .*acme\.toml:3$"),
    "unknown score": (changed("references", 'score = "quotd"\nreferences'), "has the unknown score 'quotd'"),
    "unknown expression to follow": (changed("references", 'follows = "x"\nreferences'), "follows 'x' is none of named-token"),
    "following a rule without an expression": (
        changed("references", 'follows = "acme-api-key"\nreferences'),
        "only a line rule with an expression of its own can be followed",
    ),
    "unknown rule to join": (
        changed("references", 'joins = ["nope"]\nreferences'),
        r"acme\.toml:3: .* joins the unknown rule 'nope'",
    ),
    "look-ahead": (changed(PATTERN, r"'\bacme_(?=k)(?P<value>[A-Za-z0-9]{32})\b'"), "refuses its pattern"),
    "look-behind": (changed(PATTERN, r"'(?<=x)acme_(?P<value>[A-Za-z0-9]{32})\b'"), "refuses its pattern"),
    "back-reference": (changed(PATTERN, r"'\bacme_([a-z])\1(?P<value>[A-Za-z0-9]{32})\b'"), "refuses its pattern"),
    "broken pattern": (changed(PATTERN, r"'\bacme_([a-z'"), "is not a pattern"),
    "too wide a pattern": (changed("{32}", "{32,300}"), "more than 256 bytes.*'anchor'"),
    "unbounded pattern": (changed("{32})", "+)"), "more than 256 bytes.*'anchor'"),
    "too wide an anchor": (GOOD + "anchor = 'acme_.*'\n", "anchor may match more than 256 bytes"),
    "unknown validator": (GOOD + 'validate = ["crc33"]\n', "crc33"),
    "unknown key": (GOOD + 'colour = "red"\n', "unknown key 'colour'"),
    "unknown category": (changed('"secret"', '"private"'), "category 'private'"),
    "unknown severity": (changed('"high"', '"extreme"'), "severity 'extreme'"),
    "no title": (changed('title = "Acme API key"\n', ""), "needs 'title'"),
    "id with capitals": (changed('"acme-api-key"', '"Acme-API-key"'), "lower-case words"),
    "confidence": (GOOD + "confidence = 1.5\n", "confidence must be 0 to 1"),
    "anchor that is no text": (GOOD + "anchor = 3\n", "anchor"),
    "family that is no text": (GOOD + "family = 3\n", "family"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_faults(kind: str, cli: Cli, tmp_path: Path) -> None:
    text, told = FAULTS[kind]
    result = check(cli, tmp_path, text)
    lines = result.messages.splitlines()
    assert (result.code, result.out, len(lines)) == (2, b"", 1), lines
    assert re.match(rf"expurgate: {tmp_path}/acme\.toml:(3|13): ", lines[0]), lines
    assert re.search("acme-api-key", lines[0], re.IGNORECASE)
    assert re.search(told, lines[0])


def test_every_fault_is_named(cli: Cli, tmp_path: Path) -> None:
    other = GOOD.replace("acme", "ecma")
    text = changed("{alnum:31}", "{alnum:32}") + other.replace('key = "ecma_', 'key = "nope_')
    lines = check(cli, tmp_path, text).messages.splitlines()
    assert [re.search(r"acme\.toml:(\d+): rule '(\w+)-", line).groups() for line in lines] == [("3", "acme"), ("13", "ecma")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["[[rule]\n", "rule = 3\n", 'title = "x"\n', "\xff"], ids=["toml", "no tables", "no rule", "no text"]
)
def test_files_that_hold_no_rules(text: str, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_bytes(text.encode("latin-1"))
    result = cli.run("rules", "check", tmp_path)
    assert (result.code, result.out, len(result.messages.splitlines())) == (2, b"", 1)
    assert "acme.toml" in result.messages
    assert "internal error" not in result.messages


def test_an_empty_folder_proves_nothing(cli: Cli, tmp_path: Path) -> None:
    result = cli.run("rules", "check", tmp_path)
    assert (result.code, b"no rules" in result.err) == (2, True)


def test_rules_of_ones_own_with_the_built_in_ones(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(GOOD.replace("acme-api-key", "github-token"))
    assert cli.run("rules", "check", tmp_path).code == 0
    result = cli.run("rules", "check", "--rules", tmp_path)
    assert (result.code, "'github-token' is used already" in result.messages) == (2, True)


def test_list(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(GOOD)
    builtin = cli.run("rules", "list").out.decode().splitlines()
    lines = cli.run("rules", "list", "--rules", tmp_path).out.decode().splitlines()
    assert builtin[-1] == f"{len(builtin) - 1} rules"
    added = set(lines) - set(builtin) - {lines[-1]}
    assert [line.split() for line in added] == [["acme-api-key", "secret", "high", "Acme", "API", "key"]]
    counts = {category: sum(f" {category} " in line for line in builtin) for category in ("secret", "pii", "proprietary")}
    assert counts["secret"] >= 80
    assert counts["pii"] >= 10
    assert counts["proprietary"] >= 5


def test_show(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text(GOOD)
    shown = cli.run("rules", "show", "--rules", tmp_path, "acme-api-key").out.decode()
    for text in (
        "Acme API key",
        r"\bacme_(?P<value>[A-Za-z0-9]{32})\b",
        "https://acme.example/docs/keys",
        f"{tmp_path}/acme.toml:3",
    ):
        assert text in shown
    missing = cli.run("rules", "show", "github-tokne")
    assert (missing.code, "did you mean 'github-token'?" in missing.messages) == (2, True)
