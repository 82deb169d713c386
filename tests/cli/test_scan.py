"""What `expurgate scan` reads, by its options, and what it says of the places."""

import contextlib
import json
import os
import pty
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Cli, Result, command
from tests.support.repository import Repository, run_git
from tests.support.tokens import card, email, token

PARTS = {"history": token(1), "index": token(2), "worktree": token(3), "message": token(4)}


def scan(cli: Cli, *args: str | Path, cwd: Path | None = None, **more: Any) -> Result:
    return cli.run("scan", "--format", "json", "--show", *args, cwd=cwd, **more)


def secret(value: str) -> str:
    return f"# made up\nkey = {value}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """One value in each part of a repository, and e-mail address and card in its work tree."""
    repo = Repository.create(tmp_path / "repo")
    repo.write("file.txt", secret(PARTS["history"]))
    repo.commit(f"first\n\nkey = {PARTS['message']}\n")
    repo.write("file.txt", secret(PARTS["index"]))
    repo.stage()
    repo.write("file.txt", secret(PARTS["worktree"]) + f"mail = {email(1)}\ncard = {card(1)}\n")
    return repo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plain folder with one value of each kind."""
    path = tmp_path / "plain"
    path.mkdir()
    (path / "file.txt").write_text(secret(token(1)) + f"mail = {email(1)}\ncard = {card(1)}\n")
    return path


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        ((), {"history", "index", "worktree", "message"}),
        (("--only", "history"), {"history", "index", "message"}),  # all objects: what was staged is one already
        (("--only", "index"), {"index"}),
        (("--only", "worktree"), {"worktree"}),
        (("--staged",), {"index"}),
        (("--range", "HEAD"), {"history", "message"}),
    ],
)
def test_parts(args: tuple[str, ...], parts: set[str], repo: Repository, cli: Cli) -> None:
    result = scan(cli, *args, repo.path)
    assert result.values & set(PARTS.values()) == {PARTS[part] for part in parts}
    assert result.code == 1


@pytest.mark.parametrize("args", [("--only=index", "--staged"), ("--staged", "--range=A..B"), ("--range=A..B", "--only=history")])
def test_parts_exclude_each_other(args: tuple[str, ...], repo: Repository, cli: Cli) -> None:
    result = scan(cli, *args, repo.path)
    assert (result.code, len(result.messages.splitlines())) == (2, 1)
    assert "exclude each other" in result.messages


@pytest.fixture
def line(tmp_path: Path) -> tuple[Repository, list[str]]:
    """Four commits, each with a value of its own in a file and in its message; their ids."""
    repo = Repository.create(tmp_path / "repo")
    ids = []
    for number in range(4):
        repo.write(f"{number}.txt", secret(token(number)))
        ids.append(
            repo.commit(f"commit\n\nkey = {token(10 + number)}\n", author_email=email(number), committer_email=email(20 + number))
        )
    return repo, ids


@pytest.mark.parametrize(
    ("revisions", "found"),
    [("{0}..{2}", (1, 2)), ("{0}..main", (1, 2, 3)), ("zeros..{1}", (0, 1)), ("{2}..", (3,)), ("{3}..{3}", ())],
)
def test_ranges(revisions: str, found: tuple[int, ...], line: tuple[Repository, list[str]], cli: Cli) -> None:
    repo, ids = line
    result = scan(cli, "--range", revisions.replace("zeros", "0" * 40).format(*ids), repo.path)
    expected = [make(number) for number in found for make in (token, lambda n: token(10 + n), email, lambda n: email(20 + n))]
    assert result.values == set(expected)
    assert result.code == (1 if found else 0)


@pytest.mark.parametrize("revisions", ["no-such..main", "main..no-such", "no-such", "--all"])
def test_unknown_revisions(revisions: str, line: tuple[Repository, list[str]], cli: Cli) -> None:
    result = scan(cli, f"--range={revisions}", line[0].path)
    assert (result.code, result.out) == (2, b"")
    assert len(result.messages.splitlines()) == 1
    assert revisions in result.messages


def test_a_range_that_a_shallow_clone_does_not_hold(clean: Repository, cli: Cli) -> None:
    shallow = clean.path.with_name("shallow")
    run_git(shallow.parent, "-c", "protocol.file.allow=always", "clone", "-q", "--depth=2", clean.path.as_uri(), str(shallow))
    result = scan(cli, "--range", f"{clean.oid('HEAD~3')}..HEAD", shallow)
    assert result.code == 3
    assert ["fetch-depth: 0" in line for line in result.skipped] == [True]
    held = scan(cli, "--range", "HEAD~1..HEAD", shallow)
    assert (held.code, held.skipped) == (0, [])


@pytest.mark.parametrize(
    ("args", "rules"),
    [
        ((), {"github-token", "email-address", "payment-card"}),
        (("--select", "github-token"), {"github-token"}),
        (("--select", "github-*,email-address"), {"github-token", "email-address"}),
        (("--select", "pii"), {"email-address", "payment-card"}),
        (("--select", "pii", "--ignore", "email-*"), {"payment-card"}),
        (("--ignore", "secret", "--ignore", "payment-card"), {"email-address"}),
        (("--min-severity", "high"), {"github-token", "payment-card"}),
        (("--min-severity", "critical"), {"github-token"}),
        (("--min-confidence", "1"), set()),
    ],
)
def test_selection(args: tuple[str, ...], rules: set[str], folder: Path, cli: Cli) -> None:
    result = scan(cli, *args, folder)
    assert {finding["rule"] for finding in result.document["findings"]} == rules
    assert result.code == (1 if rules - {"email-address"} else 0)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule(option: str, folder: Path, cli: Cli) -> None:
    result = scan(cli, option, "github-tokne", folder)
    assert (result.code, len(result.messages.splitlines())) == (2, 1)
    assert "github-tokne" in result.messages
    assert "rules list" in result.messages


def test_rules_and_configuration_of_the_call(folder: Path, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "acme.toml").write_text(
        '[[rule]]\nid = "acme-number"\ntitle = "Acme number"\ncategory = "proprietary"\nseverity = "high"\n'
        'pattern = \'\\bACME-[0-9]{6}\\b\'\nexamples = ["ACME-{digits:6}"]\nnegative_examples = ["ACME-{digits:5}"]\n'
    )
    (tmp_path / "own.toml").write_text('select = ["acme-number"]\n')
    (folder / "more.txt").write_text("ACME-481516\n")
    result = scan(cli, "--rules", tmp_path / "rules", "--config", tmp_path / "own.toml", folder)
    assert result.values == {"ACME-481516"}
    assert result.document["config"] == str(tmp_path / "own.toml")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif"])
def test_formats(form: str, folder: Path, cli: Cli, tmp_path: Path) -> None:
    """On standard output and in a file the same, but for tags, which are new in each run."""
    report = tmp_path / "report"
    result = cli.run("scan", "--format", form, f"--report={form}={report}", "--show", "--no-color", folder)
    written = report.read_bytes()
    assert written == result.out if form != "text" else written.splitlines()[:6] == result.out.splitlines()[:6]
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert (token(1).encode() in result.out) == (form != "sarif")
    assert token(1).encode() not in cli.run("scan", "--format", form, folder).out
    if form == "jsonl":
        assert [list(json.loads(row))[1] for row in result.out.splitlines()] == ["finding"] * 3 + ["summary"]
    if form == "sarif":
        assert result.document["version"] == "2.1.0"


def test_several_reports(folder: Path, cli: Cli, tmp_path: Path) -> None:
    reports = [f"--report={form}={tmp_path / form}" for form in ("json", "sarif", "jsonl")]
    assert cli.run("scan", *reports, folder).out.startswith(b"critical: GitHub token [secret:")
    assert all((tmp_path / form).stat().st_size for form in ("json", "sarif", "jsonl"))


def on_a_terminal(cli: Cli, *args: str | Path, **env: str) -> bytes:
    """What a person sees whose standard output is a terminal."""
    leader, follower = pty.openpty()
    with open(follower, "wb") as stream:
        process = subprocess.Popen(command("scan", *args), env=cli.environment() | env, stdout=stream, stderr=stream)
    seen = b""
    with contextlib.suppress(OSError):  # EIO: the program has closed its end
        while piece := os.read(leader, 4096):
            seen += piece
    os.close(leader)
    assert process.wait(60) == 1
    return seen


def test_colours(folder: Path, cli: Cli) -> None:
    assert b"\x1b[1;31mcritical\x1b[0m: GitHub token" in on_a_terminal(cli, folder)
    assert b"\x1b" not in on_a_terminal(cli, folder, NO_COLOR="1")
    assert b"\x1b" not in on_a_terminal(cli, "--no-color", folder)
    assert b"\x1b" not in cli.run("scan", folder).out


def test_quiet(folder: Path, cli: Cli) -> None:
    lines = cli.run("scan", "--quiet", folder).out.decode().splitlines()
    assert len(lines) == 6
    assert not [line for line in lines if line.startswith(("findings", "read", "config"))]
    (folder / "file.txt").write_text("nothing\n")
    assert cli.run("scan", "--quiet", folder).out == b""


def test_standard_input(cli: Cli) -> None:
    result = scan(cli, "-", input=secret(token(1)).encode())
    (place,) = result.occurrences(token(1))
    assert (place["kind"], place["path"], place["line"], place["column"]) == ("stream", "-", 2, 6)
    assert scan(cli, "-", input=b"nothing\n").code == 0


def test_one_file_and_a_plain_folder(folder: Path, cli: Cli) -> None:
    for target, path in ((folder, "file.txt"), (folder / "file.txt", str(folder / "file.txt"))):
        result = scan(cli, target)
        (place,) = result.occurrences(token(1))
        assert (place["kind"], place["path"]) == ("file", path)
        assert (result.code, result.err) == (1, b"")


def test_a_folder_inside_a_repository_names_the_repository(repo: Repository, cli: Cli) -> None:
    repo.write("deep/file.txt", "nothing\n")
    result = scan(cli, repo.path / "deep")
    assert result.code == 0
    assert f"whose history was not read: scan {repo.path}\n" in result.messages
    assert b"not read" not in scan(cli, repo.path).err


def test_one_value_in_many_versions_is_one_finding(tmp_path: Path, cli: Cli) -> None:
    repo = Repository.create(tmp_path / "repo")
    stream = [b"commit refs/heads/main\ncommitter A <a@example.com> %d +0000\ndata 1\nx\n" % (1700000000 + n) for n in range(300)]
    for number, head in enumerate(stream):
        data = b"# version %d\n" % number + secret(token(1)).encode()
        stream[number] = head + b"M 644 inline file.txt\ndata %d\n%s\n" % (len(data), data)
    repo.git("fast-import", "--quiet", input=b"".join(stream))
    result = scan(cli, "--only", "history", repo.path)
    (finding,) = result.document["findings"]
    assert len(finding["occurrences"]) == 300
    assert len({place["commit"] for place in finding["occurrences"]}) == 300
    assert [place["at_tip"] for place in finding["occurrences"]].count(True) == 1
    text = cli.run("scan", "--only", "history", repo.path).out.decode().splitlines()
    assert text[1].endswith("and 299 more places")


def test_attribution(tmp_path: Path, cli: Cli) -> None:
    repo = Repository.create(tmp_path / "repo")
    repo.write("gone.txt", secret(token(1)))
    first = repo.commit("first", author_date="2021-02-03T04:05:06+02:00")
    repo.write("old name.txt", secret(token(2)))
    second = repo.commit("second", author_date="2022-02-03T04:05:06-03:30", committer_date="2024-03-02T00:00:00Z")
    repo.git("mv", "old name.txt", "new name.txt")
    repo.remove("gone.txt")
    repo.commit("third", committer_date="2024-03-03T00:00:00Z")
    result = scan(cli, "--only", "history", repo.path)
    (gone,), (renamed,) = result.occurrences(token(1)), result.occurrences(token(2))
    assert (gone["path"], gone["commit"], gone["at_tip"]) == ("gone.txt", first, False)
    assert gone["author_date"] == "2021-02-03T04:05:06+02:00"
    assert "paths" not in gone
    assert renamed["paths"] == ["new name.txt", "old name.txt"]
    assert (renamed["commit"], renamed["author_date"], renamed["at_tip"]) == (second, "2022-02-03T04:05:06-03:30", True)
    assert renamed["oid"] == repo.oid("HEAD:new name.txt")


PLACES = {
    "characters": ("größe 漢字 = ", "utf-8", "\n"),
    "beyond the first plane": ("🙂🙂 = ", "utf-8", "\n"),
    "carriage returns": ("key = ", "utf-8", "\r\n"),
    "latin-1": ("größe = ", "latin-1", "\n"),
    "utf-16, little end first": ("größe 漢字 = ", "utf-16-le", "\n"),
    "utf-16, big end first": ("größe = ", "utf-16-be", "\r\n"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_positions(kind: str, tmp_path: Path, cli: Cli) -> None:
    before, encoding, end = PLACES[kind]
    text = f"\ufeff{end}" if encoding.startswith("utf-16") else f"first{end}"
    head, value = text + f"second{end}{before}", token(1)
    content = (head + value + f" # more{end}").encode(encoding)
    (tmp_path / "file.txt").write_bytes(content)
    (place,) = scan(cli, tmp_path / "file.txt").occurrences(value)
    assert (place["line"], place["column"]) == (3, len(before))
    assert (place["end_line"], place["end_column"]) == (3, len(before) + len(value))
    assert content[place["byte_start"] : place["byte_end"]] == value.encode(encoding)


def test_what_git_itself_forgot_is_no_hole(clean: Repository, cli: Cli) -> None:
    """ORIG_HEAD keeps nothing alive: after a while the commit that it names is collected, as it should be."""
    clean.git("reset", "-q", "--hard", "HEAD~1")
    clean.git("reflog", "expire", "--expire=now", "--all")
    clean.git("gc", "-q", "--prune=now")
    assert clean.attempt("cat-file", "-e", "ORIG_HEAD") != 0
    result = scan(cli, clean.path)
    assert (result.code, result.skipped) == (0, [])
