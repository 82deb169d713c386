"""Where flagged objects come from: paths, introducing commit and date, and whether a branch still shows them.

One pass of ``diff-tree`` over all commits tells it. The pass also sees what is missing: a tree that cannot be read stops it, and a
blob that a tree names but the store does not hold stands in its output.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from expurgate.git import CleanRoom
from expurgate.model import Coverage

_LINK = b"160000"  # mode of a submodule: its commit lives in another store
_NAMED = 5  # missing objects that are named one by one
_RESTARTS = 100  # unreadable trees after which the pass is given up
_LINKS = re.compile(rb"tree ([0-9a-f]+)\n((?:parent [0-9a-f]+\n)*)")
_COMMITTER = re.compile(rb"^committer .*> (-?\d{1,18}) [+-]\d{4}$", re.MULTILINE)


class Change(NamedTuple):
    """In ``commit`` the blob ``oid`` appears at ``path``, where none of the parents has it."""

    commit: bytes
    oid: bytes
    path: bytes


class Commit(NamedTuple):
    """What attribution needs of a commit; ``committed`` in seconds since 1970."""

    tree: bytes
    parents: list[bytes]
    committed: int
    raw: bytes


@dataclass
class Origin:
    """Where a blob or an entry's name comes from. ``paths`` in order of names; ``raw`` is the head of the commit object."""

    paths: list[str] = field(default_factory=list)
    commit: str = ""
    raw: bytes = b""
    at_tip: bool = False


class HistoryPass:
    """The pass over all commits. It is started at once, to run beside the reading of objects, and asked for later."""

    def __init__(self, room: CleanRoom, commits: list[bytes]) -> None:
        self._room = room
        self._commits = commits
        self._found: list[Change] | None = None
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was read; names of paths, no content
        with tempfile.TemporaryFile() as names:
            names.write(b"\n".join(commits) + b"\n")
            names.seek(0)
            self._process = room.start(*_DIFF, stdin=names, stdout=self._output)

    def prepare(self) -> None:
        """Take over what git has written, if it is done: called now and then, while others read objects."""
        if self._found is None and self._process.poll() is not None:
            self._output.seek(0)
            with self._output as output:
                self._found = list(_parse(output.read(), {}))

    def changes(self, shallow: list[str], coverage: Coverage) -> list[Change]:
        """All changes of all commits. What could not be compared is noted, and the rest is compared one by one."""
        status = self._process.wait()
        self.prepare()
        return _carefully(self._room, self._commits, shallow, coverage) if status else self._found or []


_DIFF = ("diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "-z", "--no-renames", "--no-abbrev")


def missing(changes: Iterable[Change], known: set[bytes], promisor: bool, coverage: Coverage) -> None:
    """Note the blobs that trees name but the store does not hold."""
    lost = {change.oid: change.path for change in changes if change.oid not in known}
    if promisor and lost:
        coverage.skip(
            f"{len(lost)} blobs",
            "not in this clone: it is a partial clone; run 'git fetch --refetch --filter=blob:limit=1t' or clone again",
        )
        return
    for oid, path in list(lost.items())[:_NAMED]:
        coverage.skip(f"object {oid.decode()}", f"missing blob, once at {os.fsdecode(path)}")
    if len(lost) > _NAMED:
        coverage.skip(f"{len(lost) - _NAMED} more objects", "missing blobs")


def missing_targets(room: CleanRoom, tags: Iterable[bytes], known: set[bytes], coverage: Coverage) -> None:
    """Note tags whose object the store does not hold."""
    for oid, _, raw in _cat(room, tags):
        target = raw[7 : 7 + room.hex_size]
        if raw.startswith(b"object ") and target not in known:
            coverage.skip(f"tag {oid.decode()}", f"the object that it tags is missing: {target.decode()}")


def origins(
    room: CleanRoom, changes: Iterable[Change], blobs: set[str], names: set[str], tips: Iterable[str]
) -> tuple[dict[str, Origin], dict[str, Origin]]:
    """The origins of flagged blobs by id, and of flagged entry names by name."""
    wanted = {oid.encode() for oid in blobs}
    entry_names = {os.fsencode(name) for name in names}
    by_blob: dict[bytes, list[Change]] = {}
    by_name: dict[bytes, list[Change]] = {}
    for change in changes:
        if change.oid in wanted:
            by_blob.setdefault(change.oid, []).append(change)
        if entry_names:
            for name in entry_names.intersection(change.path.split(b"/")):
                by_name.setdefault(name, []).append(change)
    commits = read_commits(room, {change.commit for group in (by_blob, by_name) for found in group.values() for change in found})
    shown = _at_tips(room, {(change.path, oid) for oid, found in by_blob.items() for change in found}, tips)
    return (
        {oid.decode(): _origin(found, commits, shown) for oid, found in by_blob.items()},
        {os.fsdecode(name): _origin(found, commits, shown) for name, found in by_name.items()},
    )


def read_commits(room: CleanRoom, oids: Iterable[bytes]) -> dict[bytes, Commit]:
    """Tree, parents and dates of commits; those that cannot be read are left out."""
    found = {}
    for oid, kind, raw in _cat(room, oids):
        if kind == b"commit":
            head = raw.split(b"\n\n", 1)[0]
            links = _LINKS.match(head)
            committed = _COMMITTER.search(head)
            tree, parents = (links[1], links[2].split()[1::2]) if links else (b"", [])
            found[oid] = Commit(tree, parents, int(committed[1]) if committed else 0, head)
    return found


def _origin(found: list[Change], commits: dict[bytes, Commit], shown: set[tuple[bytes, bytes]]) -> Origin:
    first = min((c for c in found if c.commit in commits), key=lambda c: (commits[c.commit].committed, c.commit), default=found[0])
    raw = commits[first.commit].raw if first.commit in commits else b""
    paths = sorted({os.fsdecode(change.path) for change in found})
    return Origin(paths, first.commit.decode(), raw, any((c.path, c.oid) in shown for c in found))


def _parse(output: bytes, commit_of: dict[bytes, bytes]) -> Iterator[Change]:
    """Changes in raw -z output; ``commit_of`` names the commit where two trees were compared in its stead."""
    commit = b""
    fields = iter(output.split(b"\0"))
    for text in fields:
        if not text.startswith(b":"):
            commit = commit_of.get(text, text.rsplit(b"\n", 1)[-1])
            continue
        path = next(fields, b"")
        words = text.split(b" ")
        mode = words[len(words) // 2 - 1]  # :modes of n parents, own mode, n ids, own id, status
        if mode != _LINK and not mode.startswith(b"000000"):
            yield Change(commit, words[-2], path)


def _carefully(room: CleanRoom, oids: list[bytes], shallow: list[str], coverage: Coverage) -> list[Change]:
    """The pass in a store with holes: parents that are missing are left out, unreadable trees are skipped one by one."""
    commits = read_commits(room, oids)
    absent = {parent for commit in commits.values() for parent in commit.parents if parent not in commits}
    cut = {name.encode() for name in shallow}
    if cut:
        coverage.skip(
            "history", "this is a shallow clone: commits before it are missing; run 'git fetch --unshallow' and scan again"
        )
        absent -= {parent for oid in cut if oid in commits for parent in commits[oid].parents}
    for oid in sorted(absent)[:_NAMED]:
        coverage.skip(f"commit {oid.decode()}", "missing: a commit names it as its parent")
    if len(absent) > _NAMED:
        coverage.skip(f"{len(absent) - _NAMED} more commits", "missing parents")
    commit_of: dict[bytes, bytes] = {}
    lines = []
    for oid, commit in commits.items():
        parents = [parent for parent in commit.parents if parent in commits]
        if commit.parents and not parents:  # compare with nothing: all its files are new here
            pair = room.empty_tree.encode() + b" " + commit.tree
            commit_of[pair] = oid
            lines.append((oid, pair))
        else:
            lines.append((oid, b" ".join((oid, *parents))))
    return _in_steps(room, lines, commit_of, coverage)


def _in_steps(room: CleanRoom, lines: list[tuple[bytes, bytes]], commit_of: dict[bytes, bytes], coverage: Coverage) -> list[Change]:
    found: list[Change] = []
    for _ in range(_RESTARTS):
        # diff-tree echoes what is no object id at once: the last echo tells on which commit it died
        feed = b"".join(b"#%s\n%s\n" % line for line in lines)
        status, output, _ = room.run(*_DIFF, stdin=feed)
        found += _parse(re.sub(rb"#[0-9a-f]+\n", b"", output), commit_of)
        if not status:
            return found
        marks = re.findall(rb"#([0-9a-f]+)\n", output)
        last = marks[-1] if marks else lines[0][0]
        coverage.skip(f"commit {last.decode()}", "a tree of this commit is missing or corrupt")
        lines = lines[1 + next(number for number, line in enumerate(lines) if line[0] == last) :]
    coverage.skip("history", f"more than {_RESTARTS} commits have unreadable trees; the rest was not compared")
    return found


def _at_tips(room: CleanRoom, wanted: set[tuple[bytes, bytes]], tips: Iterable[str]) -> set[tuple[bytes, bytes]]:
    """Which (path, blob) pairs stand in the tree of a tip. Each tree is read once for each folder it stands at."""
    folders: dict[bytes, set[bytes]] = {}  # folder -> names in it that lead to a wanted path
    for path, _ in wanted:
        folder = path
        while folder:
            folder, _, name = folder.rpartition(b"/")
            folders.setdefault(folder, set()).add(name)
    level = {(commit.tree, b"") for commit in read_commits(room, {tip.encode() for tip in tips}).values()} if wanted else set()
    seen, shown = set(level), set()
    while level:
        trees = {oid: raw for oid, kind, raw in _cat(room, {oid for oid, _ in level}) if kind == b"tree"}
        below = set()
        for oid, folder in level:
            for name, child in _entries(trees.get(oid, b""), folders[folder], room.hex_size // 2):
                path = folder + b"/" + name if folder else name
                if (path, child) in wanted:
                    shown.add((path, child))
                elif path in folders and (child, path) not in seen:
                    below.add((child, path))
        seen |= below
        level = below
    return shown


def _entries(tree: bytes, names: set[bytes], hash_size: int) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(tree):
        nul, space = tree.find(b"\0", at), tree.find(b" ", at)
        if nul < 0 or space < 0:
            return  # not a tree that git would have made
        name = tree[space + 1 : nul]
        at = nul + 1 + hash_size
        if name in names:
            yield name, tree[nul + 1 : at].hex().encode()


def _cat(room: CleanRoom, oids: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
    """(id, type, content) of objects that can be read; for small objects in small numbers."""
    names = b"".join(oid + b"\n" for oid in oids)
    if not names:
        return
    _, output, _ = room.run("cat-file", "--batch", "--buffer", stdin=names)
    at = 0
    while at < len(output):
        newline = output.find(b"\n", at)
        if newline < 0:
            return
        header = output[at:newline].split(b" ")
        at = newline + 1
        if len(header) == 3:
            size = int(header[2])
            yield header[0], header[1], output[at : at + size]
            at += size + 1
