"""`expurgate: allow` beside a value, and allowed paths and rules in the configuration: what they keep back, and what not."""

from dataclasses import replace
from pathlib import Path

import pytest

import expurgate
from expurgate.config import Allow, Config
from tests.support.cli import Cli
from tests.support.repository import Repository
from tests.support.tokens import email, token

KEY = f"key = {token(1)}"
# put together here, so that a scan of this file does not obey it
ALLOW = "expurgate" + ": allow"

INLINE = {
    "same line": (f"{KEY}  # {ALLOW} github-token -- made up\n", "made up"),
    "same line, before the value": (f"/* {ALLOW} github-token -- made up */ {KEY}\n", "made up"),
    "line before": (f"# {ALLOW} github-token -- made up\n{KEY}\n", "made up"),
    "carriage returns": (f"# {ALLOW} github-token -- made up\r\n{KEY}\r\n", "made up"),
    "in a comment that ends": (f"<!-- {ALLOW} github-token -- made up -->\n{KEY}\n", "made up"),
    "glob": (f"{KEY}  # {ALLOW} github-* -- made up\n", "made up"),
    "several rules": (f"{KEY}  # {ALLOW} email-address,github-token -- made up\n", "made up"),
    "no reason": (f"{KEY}  # {ALLOW} github-token\n", "no reason given"),
    "line after": (f"{KEY}\n# {ALLOW} github-token -- made up\n", ""),
    "two lines before": (f"# {ALLOW} github-token -- made up\n\n{KEY}\n", ""),
    "another rule": (f"{KEY}  # {ALLOW} email-address -- made up\n", ""),
    "glob of other rules": (f"{KEY}  # {ALLOW} gitlab-* -- made up\n", ""),
    "part of the rule's name": (f"{KEY}  # {ALLOW} github -- made up\n", ""),
    "the program's name beside the value, a decision further on": (
        f"{KEY}  # found by {ALLOW.split(maxsplit=1)[0]} it is old\n\n# {ALLOW} github-token -- made up\n",
        "",
    ),
    "no rule": (f"{KEY}  # {ALLOW}\n", ""),
}


@pytest.mark.parametrize("kind", INLINE)
def test_inline(kind: str, config: Config) -> None:
    text, reason = INLINE[kind]
    result = expurgate.scan_bytes(text.encode(), config)
    (finding,) = result.findings
    assert finding.value == token(1).encode()
    assert finding.suppressed == (f"inline: {reason}" if reason else "")
    assert finding.blocking == (not reason)
    assert result.suppressed_counts == ({"inline": 1} if reason else {})


def test_a_value_that_is_allowed_in_one_place_only(config: Config) -> None:
    text = f"# {ALLOW} github-token -- made up\n{KEY}\n\n{KEY}\n"
    (finding,) = expurgate.scan_bytes(text.encode(), config).findings
    assert finding.blocking
    assert [place.suppressed for place in finding.occurrences] == ["inline: made up", ""]


def test_inline_in_a_message_and_in_a_version_that_inherits(tmp_path: Path, cli: Cli) -> None:
    repo = Repository.create(tmp_path / "repo")
    for number in range(3):
        repo.write("file.txt", "# line\n" * number + f"{KEY}  # {ALLOW} github-token -- made up\n" + "# line\n" * 40)
        repo.commit(f"change\n\n{ALLOW} github-token -- made up\n{KEY}\n")
    result = cli.run("scan", "--only", "history", repo.path, "--format", "json")
    assert result.code == 0
    (finding,) = result.document["findings"]
    assert {place.get("suppressed") for place in finding["occurrences"]} == {"inline: made up"}
    assert sorted(place["kind"] for place in finding["occurrences"]) == ["blob"] * 3 + ["commit"] * 3 + ["gitdir"]


def places(config: Config, *allow: Allow, paths: tuple[str, ...] = ()) -> dict[str, str]:
    """With these settings: for each file, why its token does not count."""
    changed = replace(config, allow=allow, ignore_paths=paths)
    names = ("src/app.py", "tests/app.py", "vendor/deep/lib.js")
    results = {name: expurgate.scan_bytes(KEY.encode(), changed, name, "file") for name in names}
    return {name: result.findings[0].suppressed for name, result in results.items()}


@pytest.mark.parametrize(
    ("pattern", "hidden"),
    [
        ("tests/", {"tests/app.py"}),
        ("*.py", {"src/app.py", "tests/app.py"}),
        ("/app.py", set()),
        ("vendor", {"vendor/deep/lib.js"}),
        ("vendor/*.js", set()),
        ("vendor/**/*.js", {"vendor/deep/lib.js"}),
    ],
)
def test_ignored_paths(pattern: str, hidden: set[str], config: Config) -> None:
    found = places(config, paths=(pattern,))
    assert {name for name, reason in found.items() if reason} == hidden
    assert set(found.values()) <= {"", "path: ignore_paths"}


def test_a_pattern_can_take_back(config: Config) -> None:
    assert [name for name, reason in places(config, paths=("*.py", "!src/*.py")).items() if reason] == ["tests/app.py"]


@pytest.mark.parametrize(
    ("allow", "hidden"),
    [
        (Allow(("tests/",), ("github-*",), "made up"), ["tests/app.py"]),
        (Allow(("tests/",), (), "made up"), ["tests/app.py"]),
        (Allow(("tests/",), ("email-address",), "made up"), []),
        (Allow(("tests/",), ("secret",), "made up"), ["tests/app.py"]),
        (Allow((), ("github-token",), "made up"), ["src/app.py", "tests/app.py", "vendor/deep/lib.js"]),
        (Allow((), ("pii",), "made up"), []),
    ],
)
def test_allowed(allow: Allow, hidden: list[str], config: Config) -> None:
    found = places(config, allow)
    assert [name for name, reason in found.items() if reason] == hidden
    assert set(found.values()) <= {"", "allow: made up"}


def test_a_blob_counts_while_one_of_its_paths_does(tmp_path: Path, cli: Cli) -> None:
    repo = Repository.create(tmp_path / "repo")
    repo.write("vendor/a.txt", f"{KEY}\n")
    repo.write("vendor/b.txt", f"{KEY}\n")
    repo.write("vendor/c.txt", f"key = {token(2)}\n")
    repo.write("src/c.txt", f"key = {token(2)}\n")
    repo.write(".expurgate.toml", 'ignore_paths = ["vendor/"]\n')
    repo.commit("first")
    result = cli.run("scan", "--format", "json", "--show", repo.path)
    assert {finding["value"] for finding in result.document["findings"] if finding["blocking"]} == {token(2)}
    blobs = {value: [place for place in result.occurrences(value) if place["kind"] == "blob"] for value in (token(1), token(2))}
    assert [(place["paths"], place.get("suppressed")) for place in blobs[token(1)]] == [
        (["vendor/a.txt", "vendor/b.txt"], "path: ignore_paths")
    ]
    assert [(place["paths"], place.get("suppressed")) for place in blobs[token(2)]] == [(["src/c.txt", "vendor/c.txt"], None)]


def test_what_is_kept_back_is_counted(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / ".expurgate.toml").write_text('ignore_paths = ["a.txt"]\n[[allow]]\nrules = ["pii"]\nreason = "made up"\n')
    (tmp_path / "a.txt").write_text(f"key = {token(1)}\nkey = {token(2)}\n")
    (tmp_path / "b.txt").write_text(f"mail = {email(1)}\n")
    (tmp_path / "c.txt").write_text(f"key = {token(3)}  # {ALLOW} github-token -- made up\n")
    result = cli.run("scan", tmp_path)
    lines = result.out.decode().splitlines()
    assert result.code == 0
    assert lines[0] == "findings   none; 0 blocking"
    assert "kept back  1 allow, 1 inline, 2 path" in lines
    shown = cli.run("scan", "-vv", tmp_path).out.decode()
    assert shown.count("not blocking: ") == 4
    assert "not blocking: allow: made up" in shown
