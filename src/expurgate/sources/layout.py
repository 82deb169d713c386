"""Where a repository keeps its things: found by reading files, without asking git and without believing its configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PACK_SHA256 = re.compile(r"(?:pack|multi-pack-index)-?[0-9a-f]{64}\.")


@dataclass(frozen=True)
class Layout:
    """One repository: its own git directory, the one it shares with linked worktrees, and its work tree if it has one."""

    git_dir: Path
    common_dir: Path
    work_tree: Path | None

    @property
    def objects(self) -> Path:
        """The directory of the object store."""
        return self.common_dir / "objects"

    @property
    def sha256(self) -> bool:
        """True if object names have 64 digits: told by the names of packs and loose objects, or else by the configuration."""
        sizes = {len(name) for name in _object_names(self.objects)}
        if len(sizes) == 1:
            return sizes == {64}
        text = read_text(self.common_dir / "config").lower().replace(" ", "").replace("\t", "")
        return "objectformat=sha256" in text

    @property
    def shallow(self) -> list[str]:
        """The commits whose parents a shallow clone left out."""
        return read_text(self.common_dir / "shallow").split()

    def alternates(self) -> list[Path]:
        """Object directories that this store borrows from, directly or through others; each once."""
        found: list[Path] = []
        queue = [self.objects]
        while queue:
            directory = queue.pop()
            for line in read_text(directory / "info" / "alternates").splitlines():
                path = Path(os.path.normpath(directory / line)) if line and not line.startswith("#") else None
                if path and path not in found and path != self.objects:
                    found.append(path)
                    queue.append(path)
        return found

    def worktrees(self) -> Iterator[tuple[Path, Path | None]]:
        """Linked worktrees: administrative directory, and the work tree if it is there and points back.

        Without the second condition a hostile repository could name any folder as its work tree.
        """
        for directory in sorted_entries(self.common_dir / "worktrees"):
            pointer = read_text(directory / "gitdir").strip()
            marker = Path(os.path.normpath(directory / pointer)) if pointer else directory
            back = read_text(marker).removeprefix("gitdir:").strip()
            linked = bool(back) and (marker.parent / back).resolve() == directory.resolve()
            yield directory, marker.parent if linked else None

    def has_submodule(self, path: str) -> bool:
        """True if the git directory of the submodule at ``path`` is there: in its folder, or below ``modules``."""
        if self.work_tree and os.path.lexists(self.work_tree / path / ".git"):
            return True
        names = {path}
        if self.work_tree:
            for section in read_text(self.work_tree / ".gitmodules").split("[submodule ")[1:]:
                if re.search(rf"^\s*path\s*=\s*{re.escape(path)}\s*$", section, re.MULTILINE):
                    names.add(section.partition("]")[0].strip().strip('"'))
        return any(is_git_dir(self.common_dir / "modules" / name) for name in names if ".." not in name.split("/"))

    @property
    def tops(self) -> list[Path]:
        """All folders that hold administrative files: the shared one, the own one, those of linked worktrees."""
        return sorted({self.common_dir, self.git_dir} | {folder for folder, _ in self.worktrees()})

    def submodules(self) -> Iterator[Path]:
        """Git directories below ``modules``, however deep (a submodule's name may hold slashes)."""
        queue = [entry for top in self.tops for entry in sorted_entries(top / "modules")]
        while queue:
            directory = queue.pop(0)
            if is_git_dir(directory):
                yield directory
            elif directory.is_dir() and not directory.is_symlink():
                queue += sorted_entries(directory)


def find(path: Path) -> Layout | None:
    """The repository whose top is ``path`` (a work tree or a bare repository), or None."""
    marker = path / ".git"
    if marker.is_dir() and is_git_dir(marker):
        return _layout(marker, path)
    if marker.is_file():
        text = read_text(marker)
        if text.startswith("gitdir:"):
            git_dir = Path(os.path.normpath(path / text[7:].strip()))
            return _layout(git_dir, path) if is_git_dir(git_dir) else None
    if is_git_dir(path):
        return _layout(path, None)
    return None


def find_upwards(path: Path) -> Layout | None:
    """The repository that ``path`` lies in, or None."""
    path = Path(os.path.abspath(path))
    return next((layout for folder in (path, *path.parents) if (layout := find(folder))), None)


def is_git_dir(path: Path) -> bool:
    """True if a directory looks like a git directory, a linked worktree's included."""
    if not os.path.lexists(path / "HEAD"):
        return False
    return _shared(path) is not None or ((path / "objects").is_dir() and (path / "refs").is_dir()) or (path / "reftable").is_dir()


def read_text(path: Path) -> str:
    """A small administrative file as text; empty if it is not there or is not a plain file."""
    try:
        return os.fsdecode(path.read_bytes()) if path.is_file() else ""
    except OSError:
        return ""


def sorted_entries(directory: Path) -> list[Path]:
    """The entries of a directory in the order of their names; none if it cannot be listed."""
    try:
        return sorted(directory.iterdir())
    except OSError:
        return []


def _layout(git_dir: Path, work_tree: Path | None) -> Layout:
    return Layout(git_dir, _shared(git_dir) or git_dir, work_tree)


def _shared(git_dir: Path) -> Path | None:
    """The repository that a linked worktree's git directory belongs to: only one that has it below its ``worktrees``.

    Without that condition a hostile repository could name any folder as its own.
    """
    text = read_text(git_dir / "commondir").strip()
    common = Path(os.path.normpath(git_dir / text)) if text else None
    if common and (common / "objects").is_dir() and git_dir.resolve().parent == (common / "worktrees").resolve():
        return common
    return None


def _object_names(objects: Path) -> Iterator[str]:
    for entry in sorted_entries(objects / "pack"):
        if entry.suffix in (".idx", ".pack"):
            yield "0" * (64 if _PACK_SHA256.match(entry.name) else 40)
    for fan in sorted_entries(objects):
        if len(fan.name) == 2 and fan.is_dir():
            names = [name.name for name in sorted_entries(fan) if len(name.name) in (38, 62)]
            if names:
                yield fan.name + names[0]
                return
