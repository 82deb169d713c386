"""Bad input: one clear line on standard error, no traceback, the right exit code."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Planted
from tests.support.cli import Cli, Result
from tests.support.damage import reads_everything
from tests.support.repository import Repository, run_git
from tests.support.tokens import token

_USAGE = 2
_INCOMPLETE = 3
_INTERRUPTED = 130


def assert_one_line(result: Result, code: int, pattern: str = "") -> None:
    """The contract of a failure."""
    lines = result.messages.splitlines()
    assert "Traceback" not in result.messages
    assert len(lines) == 1, lines
    assert lines[0].startswith("expurgate: ")
    assert re.search(pattern, lines[0], re.IGNORECASE), lines[0]
    assert (result.code, result.out) == (code, b"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "file.txt").write_text("nothing\n")
    return tmp_path / "plain"


@pytest.mark.parametrize(
    ("args", "pattern"),
    [
        (("scan", "no/such/target"), r"no/such/target"),
        (("scan", ""), r"target|empty"),
        (("scan", "--only", "history", "."), r"not a (git )?repository"),
        (("scan", "--only", "index", "."), r"not a (git )?repository"),
        (("scan", "--staged", "."), r"not a (git )?repository"),
        (("scan", "--range", "A..B", "."), r"not a (git )?repository"),
        (("hook",), r"not (a|in a|inside a) (git )?repository"),
        (("install",), r"not (a|in a|inside a) (git )?repository"),
        (("scan", "--only", "nothing", "."), r"nothing.*(history|index|worktree)"),
        (("scan", "--format", "yaml", "."), r"yaml.*(text|json|sarif)"),
        (("scan", "--report", "json", "."), r"FORMAT=FILE|report"),
        (("scan", "--report", "yaml=x", "."), r"yaml"),
        (("scan", "--report", "json=no/such/folder/x.json", "."), r"no/such/folder"),
        (("scan", "--jobs", "many", "."), r"many"),
        (("scan", "--jobs", "0", "."), r"jobs"),
        (("scan", "--jobs=-1", "."), r"jobs"),
        (("scan", "--min-severity", "extreme", "."), r"extreme.*critical|critical.*extreme"),
        (("scan", "--min-confidence", "1.5", "."), r"1\.5"),
        (("scan", "--min-confidence", "very", "."), r"very"),
        (("scan", "--select", "no-such-rule", "."), r"no-such-rule"),
        (("scan", "--ignore", "no-such-rule", "."), r"no-such-rule"),
        (("scan", "--config", "no-such.toml", "."), r"no-such\.toml"),
        (("scan", "--rules", "no-such-folder", "."), r"no-such-folder"),
        (("scan", "--frobnicate", "."), r"--frobnicate"),
        (("scan", ".", "and", "more"), r"and|more|unrecognized"),
        (("frobnicate",), r"frobnicate"),
        (("rules", "show", "no-such-rule"), r"no-such-rule"),
        (("rules", "show"), r"id|required"),
        (("baseline", "frobnicate"), r"frobnicate"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_calls(args: tuple[str, ...], pattern: str, folder: Path, cli: Cli) -> None:
    assert_one_line(cli.run(*args, cwd=folder), _USAGE, pattern)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("a = 1\nb = [1, 2\nc = 3\n", r"\.expurgate\.toml.*(line 3|:3)"),
        ('min_severity = "high\n', r"\.expurgate\.toml.*(line 1|:1)"),
        ('min_sevrity = "high"\n', r"min_sevrity.*min[_-]severity"),
        ('min_severity = "extreme"\n', r"\.expurgate\.toml.*extreme"),
        ("min_severity = 7\n", r"\.expurgate\.toml.*min_severity"),
        ("\xff\xfe\0", r"\.expurgate\.toml"),
    ],
    ids=["unclosed", "string", "unknown key", "value", "type", "not text"],
)
def test_wrong_configuration(text: str, pattern: str, folder: Path, cli: Cli) -> None:
    (folder / ".expurgate.toml").write_bytes(text.encode("latin-1"))
    assert_one_line(cli.run("scan", ".", cwd=folder), _USAGE, pattern)


def test_malformed_toml_names_line_and_column(folder: Path, cli: Cli) -> None:
    (folder / "x.toml").write_text('min_severity = "high"\nignore = = 3\n')
    result = cli.run("scan", "--config", "x.toml", ".", cwd=folder)
    assert_one_line(result, _USAGE, r"x\.toml.*(line 2.*column 10|:2:10)")


RULE = """[[rule]]
id = "acme-key"
title = "Acme key"
category = "secret"
severity = "high"
pattern = '{pattern}'
references = ["https://acme.example/"]
examples = ["acme_{{alnum:32}}"]
negative_examples = ["acme_{{alnum:3}}"]
"""


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("[[rule]\n", r"bad\.toml.*(line 1|:1)"),
        (RULE.format(pattern=r"(?<=x)acme_[a-zA-Z0-9]{32}"), r"acme-key"),
        (RULE.format(pattern=r"acme_[a-zA-Z0-9{32}("), r"acme-key"),
        (RULE.format(pattern=r"acme_[a-zA-Z0-9]{32}") + "colour = 'red'\n", r"acme-key.*colour|colour.*acme-key"),
        (RULE.format(pattern=r"acme_[a-zA-Z0-9]{32}").replace("title", "tilte"), r"tilte"),
    ],
    ids=["toml", "look-around", "syntax", "unknown key", "misspelt key"],
)
def test_wrong_rules(text: str, pattern: str, folder: Path, cli: Cli) -> None:
    (folder / "rules").mkdir()
    (folder / "rules" / "bad.toml").write_text(text)
    assert_one_line(cli.run("scan", "--rules", "rules", ".", cwd=folder), _USAGE, pattern)


def test_a_revision_that_does_not_exist(clean: Repository, cli: Cli) -> None:
    assert_one_line(cli.run("scan", "--range", "no-such..HEAD", clean.path), _USAGE, r"no-such")


def test_a_range_that_a_shallow_clone_does_not_hold(clean: Repository, cli: Cli) -> None:
    before = clean.oid("HEAD~3")
    shallow = clean.path.with_name("shallow")
    url = clean.path.as_uri()
    run_git(shallow.parent, "-c", "protocol.file.allow=always", "clone", "-q", "--depth=1", url, str(shallow))
    result = cli.run("scan", "--range", f"{before}..HEAD", shallow)
    assert "Traceback" not in result.messages
    assert result.code == _INCOMPLETE
    assert re.search(r"fetch-depth|--unshallow|GIT_DEPTH", result.messages + result.out.decode())


@pytest.mark.parametrize("make", ["fifo", "device", "socket-like link"])
def test_what_is_no_file_is_not_opened(make: str, tmp_path: Path, cli: Cli) -> None:
    target = tmp_path / "odd"
    if make == "fifo":
        os.mkfifo(target)
    else:
        target.symlink_to("/dev/zero" if make == "device" else "/dev/tty")
    result = cli.run("scan", target)
    assert result.code in (_USAGE, _INCOMPLETE)
    assert "Traceback" not in result.messages


def test_a_target_that_is_a_link_is_followed(folder: Path, cli: Cli) -> None:
    """Whoever names a link means what it points to; never "clean" about a file that was not read."""
    (folder / "secret.txt").write_text(f"key = {token(1)}\n")
    (folder.parent / "link").symlink_to(folder / "secret.txt")
    assert cli.run("scan", folder.parent / "link").code == 1


def test_odd_files_in_a_folder_are_skipped(folder: Path, cli: Cli) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "loop").symlink_to("loop")
    (folder / "up").symlink_to("..")
    result = cli.run("scan", "--format", "json", folder)
    assert result.code in (0, _INCOMPLETE)
    assert result.code == 0 or any("pipe" in line for line in result.skipped)


def test_an_unreadable_target(folder: Path, cli: Cli) -> None:
    if reads_everything(folder):
        pytest.skip("this user may read everything")
    (folder / "file.txt").chmod(0)
    result = cli.run("scan", folder / "file.txt")
    assert result.code in (_USAGE, _INCOMPLETE)
    assert "Traceback" not in result.messages


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "sarif"])
def test_a_broken_pipe(form: str, planted: Planted, cli: Cli) -> None:
    process = cli.start("scan", "--format", form, planted.repo.path)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.close()
    process.stdout.close()
    messages = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) != 0
    assert "Traceback" not in messages
    assert "BrokenPipe" not in messages
    assert "Exception ignored" not in messages


def interrupt(process: "subprocess.Popen[bytes]", after: float) -> Result:
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return Result(process.returncode, out, err)


def test_control_c_while_reading_standard_input(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    process = cli.start("scan", f"--report=json={report}", "-")
    result = interrupt(process, 2.0)
    assert_one_line(result, _INTERRUPTED, "interrupt")
    assert not report.exists()


@pytest.mark.parametrize("after", [0.4, 0.8, 1.2])
def test_control_c_at_any_time(after: float, cli: Cli, tmp_path: Path) -> None:
    """A folder that takes a while: whenever the signal comes, nothing is half written."""
    (tmp_path / "many").mkdir()
    for number in range(20):
        (tmp_path / "many" / f"{number}.txt").write_text(f"key = {token(number)}\n" * 40_000)
    report = tmp_path / "report.json"
    result = interrupt(cli.start("scan", f"--report=json={report}", tmp_path / "many"), after)
    assert "Traceback" not in result.messages
    assert result.code == _INTERRUPTED or (result.code == 1 and report.exists())
    assert sorted(path.name for path in tmp_path.iterdir()) in (["many"], ["many", "report.json"])


def test_names_of_files_cannot_speak_to_terminals_or_build_logs(planted: Planted, cli: Cli) -> None:
    for form in ("text", "json", "jsonl", "sarif"):
        result = cli.run("scan", "-vvv", "--format", form, planted.repo.path)
        output = result.out + result.err
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", output)
        assert not re.search("[\u0080-\u009f\u202a-\u202e\u2066-\u2069]", output.decode())
        assert not re.search(rb"(?m)^\s*(::|##)", output)


def test_nothing_of_python_in_the_target_is_imported(folder: Path, cli: Cli) -> None:
    (folder / "tomli.py").write_text("raise SystemExit('imported')\n")
    assert cli.run("scan", ".", cwd=folder).code == 0
