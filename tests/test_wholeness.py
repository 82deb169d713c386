"""What is damaged, nested, huge, malformed or out of the way is read or named; none of it is passed over."""

import base64
import os
from pathlib import Path

import pytest

import expurgate
from expurgate.config import Config
from expurgate.sources import objects
from tests.support.cli import Cli
from tests.support.repository import Repository
from tests.support.tokens import email, token

LINE = f"key = {token(1)}\n"


def scan(cli: Cli, target: Path, *options: str) -> tuple[int, set[str], list[str]]:
    result = cli.run("scan", "--format", "json", "--show", *options, target)
    return result.code, result.values, result.skipped


@pytest.mark.parametrize("damage", ["HEAD", "refs", "pointer"])
def test_a_damaged_repository_is_no_clean_folder(damage: str, clean: Repository, cli: Cli) -> None:
    hidden = clean.path / ".git" / "note.txt"
    hidden.write_text(LINE)
    if damage == "pointer":
        (clean.path / ".git").rename(clean.path.parent / "elsewhere")
        (clean.path / ".git").write_text("gitdir: ../nowhere\n")
    elif damage == "HEAD":
        (clean.path / ".git" / "HEAD").unlink()
    else:
        (clean.path / ".git" / "refs").rename(clean.path.parent / "refs")
        (clean.path / ".git" / "packed-refs").unlink(missing_ok=True)
    code, values, skipped = scan(cli, clean.path)
    assert any("damaged" in line for line in skipped)
    assert code == (3 if damage == "pointer" else 1)
    assert (token(1) in values) == (damage != "pointer")


def test_nested_repositories_are_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "top"
    for depth in range(8):
        repo = Repository.create(folder)
        repo.write("file.txt", f"depth {depth}\n{LINE}".encode())
        repo.write(".gitignore", b"nested\n")
        repo.commit("one")
        folder = folder / "nested"
    result = expurgate.scan(tmp_path / "top", Config(ignored=True))
    assert result.coverage.kinds["worktree"] == 16
    (finding,) = [finding for finding in result.findings if finding.category == "secret"]
    assert len([place for place in finding.occurrences if place.kind == "worktree"]) == 8


def test_a_huge_object_that_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "BUFFER", 1 << 16)
    monkeypatch.setattr(objects, "PIECE", 1 << 18)
    repo = Repository.create(tmp_path / "repo")
    repo.write("huge", os.urandom(1 << 20))
    repo.git("add", "huge")
    (loose,) = [path for path in (repo.path / ".git" / "objects").rglob("*") if path.is_file()]
    raw = loose.read_bytes()
    loose.chmod(0o644)
    loose.write_bytes(raw[: len(raw) // 2] + bytes(64) + raw[len(raw) // 2 + 64 :])
    result = expurgate.scan(repo.path, Config(only=("index",)))
    assert any("corrupt" in skip.reason for skip in result.coverage.skipped)


@pytest.mark.parametrize(
    "head",
    [
        b"tree {tree}\nparent\nauthor A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\n",
        b"tree {tree}\nauthor A <a@b.c> 1 +0000\ncommitter A <a@b.c> " + b"9" * 5000 + b" +0000\n",
        b"nothing that git knows",
        b"",
    ],
)
def test_malformed_commits(head: bytes, clean: Repository, cli: Cli) -> None:
    tree = clean.line("rev-parse", "HEAD^{tree}").encode()
    raw = head.replace(b"{tree}", tree) + b"\n" + LINE.encode()
    oid = clean.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input=raw).strip().decode()
    (clean.path / ".git" / "refs" / "heads" / "odd").write_text(oid + "\n")
    code, values, _ = scan(cli, clean.path)
    assert token(1) in values
    assert code == 1


def test_text_in_a_header_that_looks_like_a_link(clean: Repository, cli: Cli) -> None:
    head = clean.git("cat-file", "commit", "HEAD").replace(b"\n\n", f"\ntype {token(1)}\n\n".encode(), 1)
    clean.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input=head)
    assert token(1) in scan(cli, clean.path)[1]


def test_a_repository_cannot_name_other_folders_as_its_own(clean: Repository, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "private" / "objects").mkdir(parents=True)
    (tmp_path / "private" / "notes.txt").write_text(LINE)
    (clean.path / ".git" / "commondir").write_text(str(tmp_path / "private") + "\n")
    assert token(1) not in scan(cli, clean.path)[1]


@pytest.mark.parametrize(
    "place", ["modules/stray.txt", "modules/sub/config", "objects/info/x.txt", "worktrees/y.txt", "rr-cache/a/postimage"]
)
def test_every_file_of_the_git_directory(place: str, clean: Repository, cli: Cli) -> None:
    path = clean.path / ".git" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LINE)
    assert token(1) in scan(cli, clean.path)[1]


def test_very_long_tokens() -> None:
    def part(text: bytes) -> str:
        return base64.urlsafe_b64encode(text).decode().rstrip("=")

    body = part(b'{"sub": "' + os.urandom(8000).hex().encode() + b'"}')
    head = part(b'{"alg": "HS256", "typ": "JWT"}')
    value = f"{head}.{body}.{part(os.urandom(32))}"
    result = expurgate.scan_bytes(f"line\nauth: {value}\n".encode(), Config(select=("jwt",)))
    assert [finding.value.decode() for finding in result.findings] == [value]


def test_other_spellings_do_not_leak(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "a.txt").write_text(f"write to {email(1)}\n")
    (tmp_path / "target" / f"{email(1).upper()}.txt").write_text("nothing\n")
    for form in ("text", "json", "sarif"):
        result = cli.run("scan", "-vvv", "--format", form, tmp_path / "target")
        assert email(1).upper().encode() not in result.out


def test_ignored_files_are_counted(clean: Repository, cli: Cli) -> None:
    clean.write(".gitignore", b"*.env\n")
    clean.write("x.env", LINE.encode())
    assert b"gitignore leaves out" in cli.run("scan", clean.path).out


@pytest.mark.parametrize("text", ["..HEAD", "HEAD~1..HEAD config"])
def test_ranges_that_would_read_nothing(text: str, clean: Repository, cli: Cli) -> None:
    result = cli.run("scan", "--range", text, clean.path)
    assert result.code == 2
    assert result.messages.count("\n") == 1


def test_reports_keep_what_they_are_written_to(clean: Repository, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "real.json").chmod(0o640)
    (tmp_path / "link.json").symlink_to("real.json")
    assert cli.run("scan", "--report", f"json={tmp_path / 'link.json'}", clean.path).code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text().startswith("{")
    assert (tmp_path / "real.json").stat().st_mode & 0o777 == 0o640
    assert cli.run("scan", "--report", "json=/dev/null", clean.path).code == 0
    assert not Path("/dev/null").is_file()
    assert cli.run("scan", "--report", "json=-", clean.path).code == 2


def test_a_partial_update_forgets_nothing(clean: Repository, cli: Cli) -> None:
    clean.write("a.txt", f"{LINE}\nmail {email(1)}\n".encode())
    cli.run("baseline", "create", clean.path)
    assert cli.run("scan", clean.path).code == 0
    cli.run("baseline", "update", "--select", "pii", clean.path)
    assert cli.run("scan", clean.path).code == 0


def test_no_config_obeys_nothing_of_the_target(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "a.py").write_text(f"{LINE.strip()}  # expurgate: allow * -- trust me\n")
    assert cli.run("scan", tmp_path).code == 0
    assert cli.run("scan", "--no-config", tmp_path).code == 1
