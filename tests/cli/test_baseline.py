"""Decisions outlive shifts, moves and rewritten commits, and nothing can be read out of the file they stand in."""

import hashlib
import json
import re
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.cli import Cli, Result
from tests.support.repository import Repository
from tests.support.tokens import card, email, token

NAME = ".expurgate-baseline.json"
KEY = {"EXPURGATE_KEY": "the key of all who work on it"}
VALUES = [token(1), email(1), card(1)]
TEXT = f"# made up\nkey = {VALUES[0]}\nmail = {VALUES[1]}\ncard = {VALUES[2]}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    repo = Repository.create(tmp_path / "repo")
    repo.write("clean.txt", "clean\n")
    repo.commit("first")
    repo.write("config.py", TEXT)
    repo.commit("second")
    return repo


@pytest.fixture
def decided(repo: Repository, cli: Cli) -> Repository:
    """A repository with a baseline of all that is found in it."""
    result = cli.run("baseline", "create", "--reason", "made up for tests", repo.path, env=KEY)
    assert result.code == 0, result.messages
    assert "3 decided, 3 new, 0 gone" in result.out.decode()
    return repo


def scan(repo: Repository, cli: Cli, *args: str, env: Mapping[str, str] = KEY) -> Result:
    return cli.run("scan", "--format", "json", "--show", *args, repo.path, env=env)


def undecided(result: Result) -> set[str]:
    return {finding["value"] for finding in result.document["findings"] if not finding["suppressed"]}


def entries(repo: Repository) -> list[dict[str, str]]:
    document = json.loads((repo.path / NAME).read_text())
    decided = document["decided"]
    assert isinstance(decided, list)
    return decided


def test_what_is_decided_does_not_block(decided: Repository, cli: Cli) -> None:
    assert scan(decided, cli, "--no-config").code == 1
    result = scan(decided, cli)
    assert (result.code, undecided(result)) == (0, set())
    assert {finding["reason"] for finding in result.document["findings"]} == {"baseline: made up for tests"}
    assert result.document["suppressed"] == {"decided in the baseline": 3}
    text = cli.run("scan", decided.path, env=KEY).out.decode()
    assert "kept back  3 decided in the baseline\n" in text
    assert "findings   none; 0 blocking\n" in text
    assert "GitHub token" not in text


def test_the_file_holds_no_value_and_no_plain_hash(decided: Repository) -> None:
    content = (decided.path / NAME).read_bytes()
    for value in VALUES:
        spellings = (
            value,
            value.lower(),
            value + "\n",
            f"github-token\0{value}",
            f"payment-card\0{value}",
            f"email-address\0{value}",
        )
        hashes = [
            hashlib.new(name, text.encode()).hexdigest() for name in ("md5", "sha1", "sha256", "sha512") for text in spellings
        ]
        assert not [text for text in (*spellings, *(digest[:16] for digest in hashes)) if text.encode() in content]
    assert KEY["EXPURGATE_KEY"].encode() not in content
    assert b"config.py" not in content


def test_the_file_is_sorted_and_merges_line_by_line(decided: Repository) -> None:
    marks = [entry["fingerprint"] for entry in entries(decided)]
    assert marks == sorted(marks)
    assert all(re.fullmatch("[0-9a-f]{32}", mark) for mark in marks)
    lines = (decided.path / NAME).read_text().splitlines()
    assert [sum(mark in line for line in lines) for mark in marks] == [1, 1, 1]
    assert {entry["rule"] for entry in entries(decided)} == {"github-token", "payment-card", "email-address"}


def shift(repo: Repository) -> None:
    repo.write("config.py", "\n# more\n" * 40 + TEXT.replace("key = ", "    secret_key: str = "))
    repo.commit("shift")


def move(repo: Repository) -> None:
    (repo.path / "deep").mkdir()
    repo.git("mv", "config.py", "deep/settings.py")
    repo.commit("move")


def amend(repo: Repository) -> None:
    repo.git("commit", "-q", "--amend", "-m", "other message", "--date", "2020-01-01T00:00:00Z")


def rebase(repo: Repository) -> None:
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.write("clean.txt", "other\n")
    repo.commit("other")
    repo.git("rebase", "-q", "side", "main")
    repo.git("update-ref", "-d", "ORIG_HEAD")
    forget(repo)


def forget(repo: Repository) -> None:
    """Let nothing stay that no branch leads to."""
    repo.git("add", "--update")
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("gc", "-q", "--prune=now")


@pytest.mark.parametrize("change", [shift, move, amend, rebase])
def test_what_is_decided_stays_decided(change: object, decided: Repository, cli: Cli) -> None:
    before = decided.oid("HEAD")
    assert callable(change)
    change(decided)
    result = scan(decided, cli)
    assert (result.code, undecided(result)) == (0, set())
    assert decided.oid("HEAD") != before
    assert result.document["suppressed"] == {"decided in the baseline": 3}


def test_a_new_value_in_the_old_place_is_new(decided: Repository, cli: Cli) -> None:
    decided.write("config.py", TEXT.replace(token(1), token(2)))
    result = scan(decided, cli)
    assert (result.code, undecided(result)) == (1, {token(2)})


def test_the_hook_knows_the_baseline(decided: Repository, cli: Cli) -> None:
    decided.write("again.txt", TEXT)
    decided.stage()
    assert cli.run("hook", cwd=decided.path, env=KEY).code == 0
    decided.write("again.txt", TEXT + f"key = {token(2)}\n")
    decided.stage()
    blocked = cli.run("hook", cwd=decided.path, env=KEY)
    assert (blocked.code, blocked.out.count(b"GitHub token")) == (1, 1)
    assert b"'expurgate baseline update'" in blocked.out


@pytest.mark.parametrize("command", [("scan",), ("hook",), ("baseline", "update")])
def test_another_key_is_refused(command: tuple[str, ...], decided: Repository, cli: Cli) -> None:
    before = (decided.path / NAME).read_bytes()
    result = cli.run(*command, cwd=decided.path, env={"EXPURGATE_KEY": "the key of somebody else"})
    assert (result.code, result.out) == (2, b"")
    assert len(result.messages.splitlines()) == 1
    assert "set EXPURGATE_KEY" in result.messages
    assert (decided.path / NAME).read_bytes() == before


def test_update_adds_and_forgets(decided: Repository, cli: Cli) -> None:
    old = {entry["fingerprint"] for entry in entries(decided)}
    decided.write("config.py", TEXT.replace(token(1), token(2)))
    amended = ("commit", "-q", "-a", "--amend", "-m", "second")
    decided.git(*amended)
    forget(decided)
    result = cli.run("baseline", "update", "--reason", "new key", decided.path, env=KEY)
    assert (result.code, b"3 decided, 1 new, 1 gone" in result.out) == (0, True)
    reasons = {entry["fingerprint"]: entry["reason"] for entry in entries(decided)}
    assert sorted(reasons.values()) == ["made up for tests", "made up for tests", "new key"]
    assert len(old & reasons.keys()) == 2
    assert scan(decided, cli).code == 0


@pytest.mark.parametrize("how", ["part", "unread"])
def test_what_was_not_looked_for_is_not_forgotten(how: str, decided: Repository, cli: Cli) -> None:
    decided.remove("config.py")
    if how == "unread":
        decided.git("update-ref", "refs/heads/main", "HEAD~1")
        forget(decided)
        assert scan(decided, cli).document["findings"] == []
        (decided.git_dir / "refs" / "heads" / "broken").write_text("0" * 40)
    args = ["--only", "worktree"] if how == "part" else []
    result = cli.run("baseline", "update", *args, decided.path, env=KEY)
    assert result.code == (0 if how == "part" else 3)
    assert len(entries(decided)) == 3


def test_create_and_update_are_not_mixed_up(repo: Repository, cli: Cli) -> None:
    assert cli.run("baseline", "update", repo.path, env=KEY).code == 2
    assert not (repo.path / NAME).exists()
    assert cli.run("baseline", "create", repo.path, env=KEY).code == 0
    before = (repo.path / NAME).read_bytes()
    result = cli.run("baseline", "create", repo.path, env=KEY)
    assert (result.code, "'expurgate baseline update' adds to it" in result.messages) == (2, True)
    assert (repo.path / NAME).read_bytes() == before


def test_a_baseline_elsewhere(repo: Repository, cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "decisions.json"
    assert cli.run("baseline", "create", "--baseline", place, repo.path, env=KEY).code == 0
    assert not (repo.path / NAME).exists()
    assert scan(repo, cli).code == 1
    assert scan(repo, cli, "--baseline", str(place)).code == 0
    assert scan(repo, cli, env={**KEY, "EXPURGATE_BASELINE": str(place)}).code == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", "JSON"), ("[]", "not a baseline"), ('{"version": 9, "key": "", "decided": []}', "version 9"), ("\xff", "JSON")],
)
def test_what_is_no_baseline(content: str, told: str, repo: Repository, cli: Cli) -> None:
    (repo.path / NAME).write_bytes(content.encode("latin-1"))
    result = scan(repo, cli)
    assert (result.code, result.out, len(result.messages.splitlines())) == (2, b"", 1)
    assert told in result.messages


def test_the_own_key_is_private_and_lasts(repo: Repository, tmp_path: Path) -> None:
    cli = Cli(tmp_path / "home")
    assert cli.run("baseline", "create", repo.path).code == 0
    (key,) = (tmp_path / "home" / "config" / "expurgate").iterdir()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert scan(repo, cli, env={}).code == 0
    key.write_bytes(b"")
    result = scan(repo, cli, env={})
    assert (result.code, "too short" in result.messages) == (2, True)
