"""References and the other files of a git directory, read as files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from expurgate.model import Coverage
from expurgate.sources.files import Source
from expurgate.sources.layout import Layout, is_git_dir, read_text

_OID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_GENERATED = re.compile(r"(?:commit-graph|graph-[0-9a-f]+\.graph|multi-pack-index)")  # object ids that git wrote there
_INDEXES = re.compile(r"(?:index|sharedindex\.[0-9a-f]+)\Z")


class Ref(NamedTuple):
    """A reference and the object it names; the id is empty if the reference is broken."""

    name: str
    oid: str

    @property
    def keeps_alive(self) -> bool:
        """True if git keeps the object for the reference's sake; ORIG_HEAD and the like may name what is gone."""
        return self.name.startswith("refs/") or self.name.rpartition("/")[2] == "HEAD"

    @property
    def is_branch(self) -> bool:
        """True for branches, local or remote-tracking, and detached HEADs."""
        return self.name.startswith(("refs/heads/", "refs/remotes/")) or self.name.endswith("HEAD")


def refs(layout: Layout, coverage: Coverage) -> list[Ref]:
    """All references of a repository, packed, loose and symbolic ones, with the HEADs of its linked worktrees."""
    if (layout.common_dir / "reftable").is_dir():
        coverage.skip("refs", "references are kept as reftable, which cannot be read yet; their objects were")
    found = _packed(layout.common_dir)
    places = [(layout.common_dir, "")] + [(folder, f"worktrees/{folder.name}/") for folder, _ in layout.worktrees()]
    if layout.git_dir != layout.common_dir:
        places.append((layout.git_dir, ""))
    for folder, prefix in places:
        for path in _loose(folder, coverage):
            found[prefix + os.fsdecode(os.path.relpath(path, folder))] = read_text(path).strip()
    return [Ref(name, _resolve(text, found, coverage, name)) for name, text in sorted(found.items())]


def git_files(layout: Layout, relative_to: Path, coverage: Coverage) -> Iterator[Source]:
    """Every other file of the git directory: configuration, hooks, logs, messages … Names are relative to the target."""

    def unlisted(error: OSError) -> None:
        coverage.skip(os.path.relpath(error.filename, relative_to), f"folder cannot be listed: {error.strerror}")

    starts = [start for top in layout.tops for start in (top, top / "objects" / "info") if start.is_dir()]
    for start in starts:
        for folder, folders, names in os.walk(start, onerror=unlisted):
            if folder == str(start):
                folders[:] = [name for name in folders if name != "objects"]
            elif folder == str(start / "worktrees"):
                folders.clear()  # starts of their own
            folders[:] = sorted(name for name in folders if not is_git_dir(Path(folder, name)))  # submodules' stores
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not _INDEXES.match(name) and not _GENERATED.match(name):
                    yield Source("gitdir", os.path.relpath(path, relative_to), path)


def _packed(git_dir: Path) -> dict[str, str]:
    found = {}
    for line in read_text(git_dir / "packed-refs").splitlines():
        oid, _, name = line.partition(" ")
        if name and _OID.match(oid):
            found[name] = oid
    return found


def _loose(git_dir: Path, coverage: Coverage) -> Iterator[Path]:
    def unlisted(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            coverage.skip(f"references in {os.path.basename(error.filename)}", f"folder cannot be listed: {error.strerror}")

    for name in ("HEAD", "ORIG_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD"):
        if (git_dir / name).is_file():
            yield git_dir / name
    for folder, _, names in os.walk(git_dir / "refs", onerror=unlisted):
        yield from (Path(folder) / name for name in names if not name.endswith(".lock"))


def _resolve(text: str, table: dict[str, str], coverage: Coverage, name: str) -> str:
    for _ in range(6):
        if not text.startswith("ref:"):
            break
        target = text[4:].strip()
        if target not in table:
            return ""  # an unborn branch
        text = table[target]
    if _OID.match(text):
        return text
    coverage.skip(f"ref {name}", "broken reference: it names no object")
    return ""
