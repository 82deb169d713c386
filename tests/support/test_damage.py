"""Each damage is one that git itself notices, or is known not to notice."""

import shutil
from pathlib import Path

import pytest

from tests.support.damage import DAMAGES, NEEDS_PERMISSIONS, sample
from tests.support.repository import Repository

_UNNOTICED = {"shallow clone", "partial clone", "garbage in objects", "missing alternates", "missing submodule"}
"""What neither `fsck` nor `ls-files` counts as an error."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("sample") / "repo").path


def healthy(repo: Repository) -> bool:
    return repo.attempt("fsck", "--full", "--strict") == 0 and repo.attempt("ls-files") == 0


def test_the_sample_is_whole(whole: Path) -> None:
    assert healthy(Repository(whole))
    assert b"in-pack: 2" in Repository(whole).git("count-objects", "-v")


@pytest.mark.parametrize("kind", sorted(DAMAGES.keys() - NEEDS_PERMISSIONS))
def test_git_notices(kind: str, whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "repo")
    DAMAGES[kind](tmp_path / "repo")
    assert healthy(Repository(tmp_path / "repo")) == (kind in _UNNOTICED)


def test_the_shallow_clone_is_shallow(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "repo")
    DAMAGES["shallow clone"](tmp_path / "repo")
    assert (tmp_path / "repo" / ".git" / "shallow").exists()


def test_the_partial_clone_lacks_blobs(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "repo")
    DAMAGES["partial clone"](tmp_path / "repo")
    repo = Repository(tmp_path / "repo")
    assert list((repo.objects / "pack").glob("*.promisor"))
    assert b"\n?" in b"\n" + repo.git("rev-list", "--objects", "--missing=print", "--all")
