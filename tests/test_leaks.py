"""No value of the target leaves through us: not by reports, messages, caches, temporary files or tracebacks."""

import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import Planted
from tests.support.cli import Cli, Result
from tests.support.repository import Repository
from tests.support.tokens import card, email, token

ROOMS = ("sources", "detect", "verify", "policy", "report", "cli", "pipeline.py", "model.py")

FORCE = """
import os, runpy, sys, threading
room, marker, needle = sys.argv[1:4]
done = threading.Event()

def holds(value, depth=0):
    if isinstance(value, (bytes, bytearray)):
        return needle.encode() in value
    if isinstance(value, str):
        return needle in value
    if depth < 3 and isinstance(value, (tuple, list)):
        return any(holds(each, depth + 1) for each in value[:50])
    return depth < 3 and holds(getattr(value, "value", None), depth + 1)

def trap(frame, event, argument):
    inside = os.path.join("expurgate", room) in frame.f_code.co_filename
    if event == "call" and inside and not done.is_set() and any(map(holds, list(frame.f_locals.values()))):
        done.set()
        open(marker, "w").write(frame.f_code.co_qualname)
        raise RuntimeError(f"forced: {needle} {frame.f_locals!r}")

threading.setprofile(trap)
sys.setprofile(trap)
sys.argv = ["expurgate", *sys.argv[4:]]
runpy.run_module("expurgate", run_name="__main__", alter_sys=True)
"""
"""Lets the first function of a room that is handed the value fail with the value in the message."""


def leaked(values: Iterable[str], *outputs: bytes) -> set[str]:
    """The values of which an output holds the whole, a long part, or an unkeyed hash."""
    everything = b"\n".join(outputs)
    return {value for value in values if any(trace in everything for trace in traces(value))}


def traces(value: str) -> Iterable[bytes]:
    raw = value.encode()
    yield from (raw, raw[:20], raw[-20:], raw[8:28])
    yield from (value.encode("utf-16-le"), value.encode("utf-16-be"))
    for algorithm in ("md5", "sha1", "sha256"):
        yield hashlib.new(algorithm, raw).hexdigest().encode()


def written(folder: Path) -> bytes:
    """All bytes in files below a folder, with the files' names."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"\n".join([bytes(path) + b"\n" + path.read_bytes() for path in files])


@pytest.fixture
def fresh(tmp_path: Path) -> Cli:
    """The program with an empty cache."""
    return Cli(tmp_path / "home")


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif"])
@pytest.mark.parametrize("volume", ["--quiet", "-vvv"])
def test_standard_streams(form: str, volume: str, planted: Planted, cli: Cli) -> None:
    result = cli.run("scan", "--format", form, volume, "--ignored", planted.repo.path)
    assert result.code == 1
    assert leaked(planted.tokens.values(), result.out, result.err) == set()


def test_report_files_cache_and_temporary_files(planted: Planted, fresh: Cli, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    options = [f"--report={form}={reports / form}" for form in ("text", "json", "jsonl", "sarif")]
    result = fresh.run("scan", *options, planted.repo.path)
    assert result.code == 1
    assert {path.name for path in reports.iterdir()} == {"text", "json", "jsonl", "sarif"}
    assert leaked(planted.tokens.values(), written(reports), written(fresh.home)) == set()
    assert list((fresh.home / "tmp").iterdir()) == []


def test_report_files_and_cache_are_private(planted: Planted, fresh: Cli, tmp_path: Path) -> None:
    fresh.run("scan", f"--report=json={tmp_path / 'report.json'}", "--only", "index", planted.repo.path)
    files = [tmp_path / "report.json", *(path for path in (fresh.home / "cache").rglob("*") if path.is_file())]
    assert len(files) > 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_baseline_holds_no_value(planted: Planted, cli: Cli, tmp_path: Path) -> None:
    copy = planted.copy(tmp_path / "family")
    before = set(copy.repo.path.iterdir())
    result = cli.run("baseline", "create", ".", cwd=copy.repo.path)
    new = [path for path in copy.repo.path.iterdir() if path not in before and path.is_file()]
    assert new, result.messages
    assert leaked(copy.tokens.values(), result.out, result.err, *(path.read_bytes() for path in new)) == set()


def test_tags_differ_between_runs(planted: Planted, cli: Cli) -> None:
    def tags() -> set[str]:
        result = cli.run("scan", "--format", "json", "--only", "index", planted.repo.path)
        return {finding["tag"] for finding in result.document["findings"]}

    assert tags() != tags()


def test_personal_data_is_no_exception(cli: Cli, tmp_path: Path) -> None:
    values = [card(1), card(2), email(1), email(2)]
    folder = tmp_path / f"of-{email(3)}"
    folder.mkdir()
    (folder / f"{email(4)}.txt").write_text("".join(f"contact: {value}\n" for value in values))
    result = cli.run("scan", "-vvv", tmp_path)
    assert result.code in (0, 1)
    assert leaked([*values, email(3), email(4)], result.out, result.err) == set()


def test_what_was_skipped_is_named_without_values(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "folder" / f"pipe-{token(810)}")
    for form in ("text", "json", "sarif"):
        result = cli.run("scan", "-vvv", "--format", form, tmp_path / "folder")
        assert result.code in (1, 3)
        assert leaked([token(810)], result.out, result.err) == set()


def test_hook_messages(planted: Planted, cli: Cli, tmp_path: Path) -> None:
    copy = planted.copy(tmp_path / "family")
    result = cli.run("hook", cwd=copy.repo.path)
    assert result.code == 1
    assert leaked(planted.tokens.values(), result.out, result.err) == set()


def test_standard_input(planted: Planted, cli: Cli) -> None:
    value = planted.tokens["file at HEAD"]
    result = cli.run("scan", "-vvv", "-", input=f"key = {value}\n".encode())
    assert result.code == 1
    assert leaked([value], result.out, result.err) == set()


def test_an_unwritable_report(planted: Planted, cli: Cli, tmp_path: Path) -> None:
    result = cli.run("scan", f"--report=json={tmp_path}/no/such/folder/x.json", planted.repo.path)
    assert leaked(planted.tokens.values(), result.out, result.err) == set()


def force(cli: Cli, room: str, repo: Repository, value: str, *options: str) -> tuple[Result, bool]:
    """Run a scan in which the room fails; the answer, and whether it did fail."""
    marker = cli.home / "forced"
    marker.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-P", "-c", FORCE, room, str(marker), value, "scan", *options, str(repo.path)],
        cwd=cli.home,
        env=cli.environment(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr), marker.exists()


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("options", [(), ("-vvv", "--jobs", "1"), ("--show", "--format", "json")], ids=" ".join)
def test_a_forced_traceback(room: str, options: tuple[str, ...], cli: Cli, tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "repo")
    value = token(800)
    repo.write("secret.txt", f"key = {value}\n")
    repo.commit("secret")
    result, happened = force(cli, room, repo, value, *options)
    if not happened:
        pytest.skip(f"nothing in {room} is handed the value")
    assert result.code not in (0, 1)
    assert leaked([value], result.err, *([] if "--show" in options else [result.out])) == set()
    assert "expurgate: " in result.messages
