"""Walks folders: every file, untracked ones included, repositories on the way noted. No recursion, no link followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from expurgate.git import CleanRoom
from expurgate.model import Coverage
from expurgate.sources.files import Source
from expurgate.sources.layout import Layout, is_git_dir


class Walk:
    """The files below ``top``. ``repositories`` lists, after the walk, the tops of nested repositories, which are left to
    whoever reads repositories. ``plain``: the top is no repository, and a ``.git`` in it is a folder like any other.
    """

    def __init__(self, top: Path, coverage: Coverage, ignored: frozenset[bytes] = frozenset(), plain: bool = False) -> None:
        self._top = os.fsencode(top)
        self._coverage = coverage
        self._ignored = ignored  # paths relative to top; a folder ends with "/"
        self._plain = plain
        self.repositories: list[Path] = []

    def files(self) -> Iterator[Source]:
        """Every file and symbolic link, in the order of names."""
        queue = [b""]
        while queue:
            folder = queue.pop()
            entries = self._entries(folder)
            if folder and any(entry.name == b".git" for entry in entries):
                self._note(folder)
                continue
            for entry in reversed(entries):
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False) and path + b"/" not in self._ignored and not self._own(path):
                    if path != b".git" and is_git_dir(Path(os.fsdecode(entry.path))):
                        self._note(path)
                    else:
                        queue.append(path + b"/")
            for entry in entries:
                path = folder + entry.name
                if not entry.is_dir(follow_symlinks=False) and path not in self._ignored and not self._own(path):
                    yield Source("worktree", os.fsdecode(path), os.fsdecode(entry.path))

    def _own(self, path: bytes) -> bool:
        """True for the git directory, or the file that names it, of the repository whose work tree this is."""
        return path == b".git" and not self._plain

    def _note(self, folder: bytes) -> None:
        self.repositories.append(Path(os.fsdecode(os.path.join(self._top, folder))))

    def _entries(self, folder: bytes) -> list[os.DirEntry[bytes]]:
        try:
            with os.scandir(os.path.join(self._top, folder)) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._coverage.skip(os.fsdecode(folder) or ".", f"folder cannot be listed: {error.strerror}")
            return []


def ignored(room: CleanRoom, layout: Layout) -> frozenset[bytes]:
    """What the .gitignore files of a work tree leave out, as git understands them; whole folders end with "/"."""
    if not layout.work_tree:
        return frozenset()
    status, output, _ = room.run(
        "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory",
        work_tree=layout.work_tree, index=layout.git_dir / "index",
    )  # fmt: skip
    return frozenset(output.split(b"\0")[:-1]) if status == 0 else frozenset()
