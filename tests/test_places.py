"""A scan finds what is planted in every place of a repository, however its settings hide it, and runs nothing of it."""

from pathlib import Path

import pytest

from tests.conftest import Planted
from tests.support.blinding import BLINDINGS, blind
from tests.support.canaries import arm, fired
from tests.support.cli import Cli, Result
from tests.support.places import LOCAL_ONLY, OPT_IN
from tests.support.repository import Repository, run_git

SCAN = ("scan", "--format", "json", "--show")

_CONFIDENT = 0.8

PLACED: dict[str, dict[str, object]] = {
    "file at HEAD": {"path": "src/config.py", "line": 2, "column": 6, "end_line": 2, "end_column": 46},
    "root commit": {"kind": "blob", "path": "root.txt", "line": 2, "column": 6},
    "deleted in history": {"kind": "blob", "path": "deleted.txt", "line": 2},
    "other branch": {"kind": "blob", "path": "side.txt", "line": 2},
    "merge only": {"kind": "blob", "path": "merged.txt", "line": 2},
    "tag-only commit": {"kind": "blob", "path": "only.txt", "line": 2},
    "stash": {"kind": "blob", "path": "keep.txt", "line": 2},
    "stash, untracked": {"kind": "blob", "path": "untracked-stash.txt", "line": 2},
    "commit message": {"kind": "commit"},
    "author name": {"kind": "commit"},
    "author e-mail": {"kind": "commit"},
    "committer e-mail": {"kind": "commit"},
    "extra commit header": {"kind": "commit"},
    "gpgsig header": {"kind": "commit"},
    "mergetag": {"kind": "commit"},
    "tag message": {"kind": "tag"},
    "tagger e-mail": {"kind": "tag"},
    "dangling tag": {"kind": "tag"},
    "dangling blob": {"kind": "blob"},
    "unreachable tree entry": {"kind": "tree"},
    "branch name": {"kind": "ref"},
    "branch name, packed": {"kind": "ref"},
    "tag name": {"kind": "ref"},
    "untracked file": {"kind": "worktree", "path": "untracked.txt", "line": 2, "column": 6},
    "untracked file in a folder": {"kind": "worktree", "path": "untracked/deep/er/file.txt"},
    "modified file": {"kind": "worktree", "path": "keep.txt"},
    "index": {"path": "staged.txt", "line": 2},
    "UTF-16LE with BOM": {"path": "text/utf16le.txt", "line": 2, "column": 6},
    "UTF-16BE without BOM": {"path": "text/utf16be-bare.txt", "line": 2, "column": 6},
    "CRLF file": {"path": "text/crlf.txt", "line": 2, "column": 6},
}
"""For some places, what at least one occurrence must say."""


@pytest.fixture(scope="module")
def scanned(cli: Cli, planted: Planted) -> Result:
    return cli.run(*SCAN, planted.repo.path)


def missing(planted: Planted, result: Result, but: frozenset[str] = OPT_IN) -> set[str]:
    """The places whose token was not found."""
    found = result.values
    return {place for place, value in planted.tokens.items() if value not in found} - but


def test_every_place_is_found(planted: Planted, scanned: Result) -> None:
    assert missing(planted, scanned) == set()
    assert scanned.code == 1


def test_only_the_alternate_is_left_out(scanned: Result) -> None:
    assert [line for line in scanned.skipped if "alternate" not in line] == []


def test_one_value_is_one_finding(planted: Planted, scanned: Result) -> None:
    values = [finding["value"] for finding in scanned.document["findings"]]
    assert {value for value in planted.tokens.values() if values.count(value) > 1} == set()


def test_tokens_are_confident_secrets(planted: Planted, scanned: Result) -> None:
    tokens = set(planted.tokens.values())
    found = [finding for finding in scanned.document["findings"] if finding["value"] in tokens]
    assert {finding["category"] for finding in found} == {"secret"}
    assert min(finding["confidence"] for finding in found) >= _CONFIDENT


@pytest.mark.parametrize("place", PLACED)
def test_attribution(place: str, planted: Planted, scanned: Result) -> None:
    occurrences = scanned.occurrences(planted.tokens[place])
    expected = PLACED[place]
    assert any(expected.items() <= occurrence.items() for occurrence in occurrences), occurrences


def test_a_blob_names_the_commit_that_introduced_it(planted: Planted, scanned: Result) -> None:
    introduced = planted.repo.line("log", "--format=%H", "--diff-filter=A", "main", "--", "deleted.txt")
    occurrences = scanned.occurrences(planted.tokens["deleted in history"])
    assert [occurrence["commit"] for occurrence in occurrences] == [introduced]


def test_byte_positions_are_those_of_the_blob(planted: Planted, scanned: Result) -> None:
    for place in ("deleted in history", "over bigFileThreshold", "CRLF file", "root commit"):
        value = planted.tokens[place].encode()
        for occurrence in scanned.occurrences(value.decode()):
            if occurrence["kind"] == "blob":
                data = planted.repo.git("cat-file", "blob", occurrence["oid"])
                assert data[occurrence["byte_start"] : occurrence["byte_end"]] == value


def test_ignored_files_on_request(planted: Planted, cli: Cli) -> None:
    result = cli.run(*SCAN, "--ignored", "--only", "worktree", planted.repo.path)
    assert planted.tokens["ignored"] in result.values


def test_alternates_on_request(planted: Planted, cli: Cli) -> None:
    result = cli.run(*SCAN, "--alternates", "--only", "history", planted.repo.path)
    assert planted.tokens["alternate"] in result.values


def test_a_bare_mirror(planted: Planted, cli: Cli, tmp_path: Path) -> None:
    url = planted.repo.path.as_uri()
    run_git(tmp_path, "-c", "protocol.file.allow=always", "clone", "-q", "--mirror", url, "mirror.git")
    result = cli.run(*SCAN, tmp_path / "mirror.git")
    assert missing(planted, result, but=LOCAL_ONLY) == set()
    assert result.skipped == []


def test_from_inside_a_folder_of_the_work_tree(planted: Planted, cli: Cli) -> None:
    result = cli.run(*SCAN, ".", cwd=planted.repo.path)
    assert missing(planted, result) == set()


def listing(folder: Path) -> list[tuple[Path, int, int]]:
    """Every file and folder with its size and time of change."""
    return sorted((path, path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*"))


def test_a_scan_changes_nothing(planted: Planted, cli: Cli, tmp_path: Path) -> None:
    copy = planted.copy(tmp_path / "family")
    before = listing(copy.family)
    for options in ((), ("--staged",), ("--only", "index"), ("--ignored",)):
        cli.run("scan", *options, copy.repo.path)
    assert listing(copy.family) == before


@pytest.mark.parametrize("kind", BLINDINGS)
def test_blinded(kind: str, planted: Planted, cli: Cli, tmp_path: Path) -> None:
    copy = planted.copy(tmp_path / "family")
    BLINDINGS[kind](copy.repo)
    assert missing(planted, cli.run(*SCAN, copy.repo.path)) == set()


def armed_copy(planted: Planted, family: Path) -> Planted:
    """A copy with every canary and every blinding setting."""
    copy = planted.copy(family)
    arm(copy.repo, copy.family / "canaries")
    blind(copy.repo)
    for mark in (copy.family / "canaries" / "fired").iterdir():
        mark.unlink()  # blinding used git, with the repository's own settings
    return copy


@pytest.fixture(scope="module")
def armed(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return armed_copy(planted, tmp_path_factory.mktemp("armed") / "family")


@pytest.mark.parametrize(
    "args",
    [
        ("scan", "--format", "json", "--show", "."),
        ("scan", "--only", "history", "."),
        ("scan", "--only", "index", "."),
        ("scan", "--only", "worktree", "--ignored", "."),
        ("scan", "--staged", "."),
        ("scan", "--range", "HEAD~1..HEAD", "."),
        ("scan", "trap"),
        ("scan", "trap/bare"),
        ("hook",),
        ("hook", "trap/plain.txt", "keep.txt"),
        ("rules", "list"),
    ],
    ids=" ".join,
)
def test_nothing_of_the_target_runs(args: tuple[str, ...], armed: Planted, cli: Cli) -> None:
    result = cli.run(*args, cwd=armed.repo.path)
    assert "Traceback" not in result.messages
    assert fired(armed.family / "canaries") == []


@pytest.mark.parametrize("args", [("baseline", "create", "."), ("install",)], ids=" ".join)
def test_nothing_of_the_target_runs_when_files_are_written(
    args: tuple[str, ...], planted: Planted, cli: Cli, tmp_path: Path
) -> None:
    copy = armed_copy(planted, tmp_path / "family")
    result = cli.run(*args, cwd=copy.repo.path)
    assert "Traceback" not in result.messages
    assert fired(copy.family / "canaries") == []


def test_armed_and_blinded_all_is_found(armed: Planted, cli: Cli) -> None:
    result = cli.run(*SCAN, armed.repo.path)
    assert missing(armed, result) == set()
    assert any("promised" in line or "promisor" in line or "partial" in line for line in result.skipped)
    assert fired(armed.family / "canaries") == []


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
@pytest.mark.parametrize("bare", [False, True])
def test_object_formats(object_format: str, bare: bool, cli: Cli, planted: Planted, tmp_path: Path) -> None:
    value = planted.tokens["dangling blob"]
    repo = Repository.create(tmp_path / "repo", bare=bare, object_format=object_format)
    repo.blob(f"key = {value}\n")
    result = cli.run(*SCAN, repo.path)
    assert result.values >= {value}
    assert result.document["complete"] is True
