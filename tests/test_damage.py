"""Whatever is damaged or missing: the scan goes on, says what it did not read, and never answers "clean"."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import Cli, Result
from tests.support.damage import DAMAGES, NEEDS_PERMISSIONS, reads_everything
from tests.support.repository import Repository
from tests.support.tokens import token

REASONS = {
    "corrupt loose object": r"corrupt|damaged|unreadable|cannot be read|inflate",
    "truncated loose object": r"corrupt|truncated|damaged|unreadable|cannot be read|inflate",
    "empty loose object": r"corrupt|empty|damaged|unreadable|cannot be read",
    "corrupt loose commit": r"corrupt|damaged|unreadable|cannot be read|inflate",
    "corrupt loose tree": r"corrupt|damaged|unreadable|cannot be read|inflate",
    "missing blob": r"missing",
    "missing tree": r"missing",
    "missing commit": r"missing",
    "corrupt pack": r"corrupt|damaged|unreadable|cannot be read|inflate",
    "truncated pack": r"truncated|corrupt|damaged|unreadable|cannot be read|does not match|missing",
    "pack without index": r"without (its |an )?(index|\.?idx)|no (index|\.?idx)|index is missing|pack",
    "index without pack": r"without (its |a )?pack|no pack|pack is missing|missing",
    "corrupt pack index": r"index|idx|pack",
    "shallow clone": r"shallow",
    "partial clone": r"partial|promis",
    "truncated index": r"index",
    "corrupt index": r"index",
    "unreadable file": r"permission|denied|cannot be read|unreadable",
    "unreadable object": r"permission|denied|cannot be read|unreadable|corrupt",
    "garbage in objects": r"garbage|unknown|unexpected|temporary|tmp_|not a|interrupted",
    "missing alternates": r"alternate",
    "dangling ref": r"missing|ref|not there",
    "corrupt ref": r"ref",
    "broken head": r"HEAD",
    "missing submodule": r"submodule",
}
"""What the line of at least one skipped entry must match."""

_INCOMPLETE = 3


def scan(cli: Cli, repo: Path, *options: str) -> Result:
    return cli.run("scan", "--format", "json", "--show", *options, repo)


def plant_late(repo: Path) -> str:
    """An untracked token: shows that the scan goes on past the damage."""
    Repository(repo).write("zz-late.txt", f"key = {token(900)}\n")
    return token(900)


def test_the_undamaged_sample_is_clean(clean: Repository, cli: Cli) -> None:
    result = scan(cli, clean.path)
    assert (result.code, result.document["complete"], result.skipped) == (0, True, [])
    assert result.document["findings"] == []


def test_each_damage_has_its_reason() -> None:
    assert REASONS.keys() == DAMAGES.keys()


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_named(kind: str, clean: Repository, cli: Cli) -> None:
    DAMAGES[kind](clean.path)
    if kind in NEEDS_PERMISSIONS and reads_everything(clean.path.parent):
        pytest.skip("this user may read everything")
    result = scan(cli, clean.path)
    assert "Traceback" not in result.messages
    assert result.code == _INCOMPLETE
    assert result.document["complete"] is False
    assert any(re.search(REASONS[kind], line, re.IGNORECASE) for line in result.skipped), result.skipped


@pytest.mark.parametrize("kind", sorted(DAMAGES.keys() - NEEDS_PERMISSIONS))
def test_the_scan_goes_on(kind: str, clean: Repository, cli: Cli) -> None:
    DAMAGES[kind](clean.path)
    value = plant_late(clean.path)
    result = scan(cli, clean.path)
    assert value in result.values
    assert result.code == 1
    assert result.document["complete"] is False


@pytest.mark.parametrize("kind", [kind for kind in DAMAGES if "loose" in kind or "missing" in kind])
def test_objects_around_the_damaged_one_are_read(kind: str, clean: Repository, cli: Cli) -> None:
    values = {token(n) for n in range(910, 930)}
    for value in values:
        clean.blob(f"key = {value}\n")
    DAMAGES[kind](clean.path)
    assert values <= scan(cli, clean.path, "--only", "history").values


def test_objects_around_a_corrupt_one_in_a_pack_are_read(clean: Repository, cli: Cli) -> None:
    values = {token(n) for n in range(930, 950)}
    for value in values:
        clean.write(f"new/{value[-6:]}.txt", f"key = {value}\n")
    clean.commit("many")
    clean.git("repack", "-adq")
    DAMAGES["corrupt pack"](clean.path)
    assert values <= scan(cli, clean.path, "--only", "history").values


@pytest.mark.parametrize("kind", ["corrupt loose object", "missing blob", "corrupt pack"])
def test_text_and_sarif_say_it_too(kind: str, clean: Repository, cli: Cli) -> None:
    DAMAGES[kind](clean.path)
    text = cli.run("scan", clean.path)
    assert text.code == _INCOMPLETE
    assert re.search(r"not (read|scanned)|skipped|incomplete", text.out.decode(), re.IGNORECASE)
    sarif = cli.run("scan", "--format", "sarif", clean.path)
    (invocation,) = sarif.document["runs"][0]["invocations"]
    assert invocation["toolExecutionNotifications"]


def test_nothing_is_fetched_for_a_partial_clone(clean: Repository, cli: Cli) -> None:
    """Here the remote is still there: a lazy fetch would succeed, and must not be tried."""
    remote = clean.path.with_name("remote")
    clean.path.rename(remote)
    Repository(remote).git("config", "uploadpack.allowFilter", "true")
    Repository(remote.parent).git(
        *("-c", "protocol.file.allow=always", "clone", "-q", "--filter=blob:none", "--no-checkout"),
        *(remote.as_uri(), str(clean.path)),
    )
    before = sorted(clean.objects.rglob("*"))
    result = scan(cli, clean.path)
    assert (result.code, sorted(clean.objects.rglob("*"))) == (_INCOMPLETE, before)


WHOLE: dict[str, Callable[[Repository], object]] = {
    "index.lock": lambda repo: (repo.git_dir / "index.lock").touch(),
    "a ref's lock": lambda repo: (repo.git_dir / "refs" / "heads" / "main.lock").touch(),
    "detached HEAD": lambda repo: repo.git("checkout", "-q", "--detach"),
    "no index": lambda repo: (repo.git_dir / "index").unlink(),
    "split index": lambda repo: repo.git("update-index", "--split-index"),
    "index version 4": lambda repo: repo.git("update-index", "--index-version", "4"),
    "alternates loop": lambda repo: (repo.objects / "info" / "alternates").write_text(f"{repo.objects}\n"),
    "multi-pack index": lambda repo: repo.git("multi-pack-index", "write"),
    "commit graph": lambda repo: repo.git("commit-graph", "write", "--reachable"),
    "kept pack": lambda repo: next((repo.objects / "pack").glob("*.pack")).with_suffix(".keep").touch(),
    "worktree configuration": lambda repo: repo.git("config", "extensions.worktreeConfig", "true"),
}
"""Odd, but nothing is missing."""


@pytest.mark.parametrize("make", WHOLE)
def test_odd_but_whole(make: str, clean: Repository, cli: Cli) -> None:
    WHOLE[make](clean)
    result = scan(cli, clean.path)
    assert (result.code, result.skipped) == (0, [])


@pytest.mark.parametrize("bare", [False, True])
def test_an_empty_repository_is_clean(bare: bool, cli: Cli, tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "empty", bare=bare)
    result = scan(cli, repo.path)
    assert (result.code, result.document["complete"], result.document["findings"]) == (0, True, [])


def test_an_unborn_branch_with_files(cli: Cli, tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "unborn")
    value = plant_late(repo.path)
    result = scan(cli, repo.path)
    assert (result.code, result.values, result.skipped) == (1, {value}, [])


def test_a_linked_worktree_as_target(clean: Repository, cli: Cli) -> None:
    linked = clean.path.with_name("linked")
    clean.git("worktree", "add", "-q", "--detach", str(linked))
    value = plant_late(linked)
    result = scan(cli, linked)
    assert (result.code, result.values, result.skipped) == (1, {value}, [])


def test_a_linked_worktree_that_is_gone(clean: Repository, cli: Cli) -> None:
    """A removed work tree whose administrative files remain: its index is still read."""
    linked = Repository(clean.path.with_name("linked"))
    clean.git("worktree", "add", "-q", "--detach", str(linked.path))
    value = plant_late(linked.path)
    linked.stage()
    linked.path.rename(clean.path.with_name("moved"))
    result = scan(cli, clean.path)
    assert value in result.values
