"""One repository with a distinct valid token in every place that Git can hold bytes."""

import shutil
from pathlib import Path

from tests.support.plant_files import files
from tests.support.plant_history import HISTORY
from tests.support.plant_local import LOCAL
from tests.support.planter import Planter
from tests.support.repository import Repository

OPT_IN = frozenset({"ignored", "alternate"})
"""Places that are read only when asked for."""

LOCAL_ONLY = OPT_IN | {
    "reflog-only commit",
    "reflog message",
    "dangling blob",
    "dangling commit",
    "dangling tag",
    "unreachable tree entry",
    "submodule history",
    "submodule, untracked file",
    "linked worktree, index",
    "linked worktree, untracked file",
    "embedded repository, history",
    "embedded repository, file",
    "index",
    "file name in the index",
    "untracked file",
    "untracked file in a folder",
    "modified file",
    "modified, assume-unchanged",
    "modified, skip-worktree",
    "modified, same size and time",
    "URL in .git/config",
    ".git: COMMIT_EDITMSG",
    ".git: MERGE_MSG",
    ".git: description",
    ".git: info/exclude",
    ".git: hook script",
    ".git: FETCH_HEAD",
}
"""Places that `git clone --mirror` leaves behind."""


def plant(repo_root: Path) -> dict[str, str]:
    """Build the repository at `repo_root` (some of it lies beside it); the token of each place."""
    planter = Planter(Repository.create(repo_root))
    for step in (*HISTORY, files, *LOCAL):
        step(planter)
    return planter.planted


def duplicate(family: Path, to: Path) -> None:
    """Copy a folder that holds a planted repository and what lies beside it; its absolute paths follow."""
    shutil.copytree(family, to, symlinks=True)
    for pattern in ("*/.git", "*/.git/worktrees/*/gitdir", "*/.git/objects/info/alternates"):
        for file in filter(Path.is_file, to.glob(pattern)):
            file.write_text(file.read_text().replace(str(family), str(to)))
