"""Scans a repository: history, references, index, work tree, linked worktrees, submodules' stores, nested repositories."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from expurgate.git import CleanRoom
from expurgate.ranges import scan_range
from expurgate.sources import attribution, catalogue, files, holdings, index, refs, worktree
from expurgate.sources.layout import Layout, find
from expurgate.store import Store, attribute, scan_objects, settle

if TYPE_CHECKING:
    from expurgate.pipeline import Run


def scan_repository(run: Run, layout: Layout, top: Path, prefix: str = "", seen: set[Path] | None = None) -> None:
    """Scan everything of a repository that the configuration asks for. ``prefix`` stands before all its paths."""
    seen = set() if seen is None else seen
    seen.add(layout.common_dir.resolve())
    borrowed = layout.alternates()
    wants_objects = run.config.staged or bool(run.config.range) or run.config.only != ("worktree",)
    if borrowed and not run.config.alternates and wants_objects:
        run.coverage.skip(prefix + "objects/info/alternates", "borrowed object stores are not read; --alternates reads them")
        borrowed = []
    if not wants_objects:
        borrowed = []
    with CleanRoom([layout.objects, *borrowed], layout.sha256) as room:
        for place in room.unreadable:
            run.coverage.skip(prefix + "objects", f"an object directory cannot be read: {place}")
        store = Store(run, layout, room, prefix)
        if run.config.range:
            scan_range(store)
        elif run.config.staged:
            _scan_staged(store)
        else:
            _scan_all(store, top, seen)


def scan_tree(
    run: Run,
    top: Path,
    kind: str,
    prefix: str = "",
    ignored: frozenset[bytes] = frozenset(),
    seen: set[Path] | None = None,
    plain: bool = False,
) -> None:
    """Scan the files below a folder, and the repositories that are met on the way."""
    seen = set() if seen is None else seen
    walk = worktree.Walk(top, run.coverage, ignored, plain)
    run.left_out += len(ignored)
    names: list[str] = []
    run.examine(files.read(_noted(walk.files(), kind, names), run.coverage), prefix)
    run.examine_names("name", [prefix + name for name in names])
    for nested in walk.repositories:
        place = prefix + os.path.relpath(nested, top) + "/"
        found = find(nested)
        if found is None:
            scan_plain(run, nested, kind, place, seen)
        elif found.common_dir.resolve() not in seen:
            scan_repository(run, found, nested, place, seen)
        elif found.work_tree:  # a submodule or a linked worktree whose store was read
            with CleanRoom([found.objects], found.sha256) as room:
                left_out = frozenset() if run.config.ignored else worktree.ignored(room, found)
                scan_tree(run, nested, "worktree", place, left_out, seen)


def scan_plain(run: Run, top: Path, kind: str, prefix: str = "", seen: set[Path] | None = None) -> None:
    """Scan a folder that is no repository; a ``.git`` in it that cannot be read as one is noted, and read as files."""
    if os.path.lexists(top / ".git"):
        run.coverage.skip(prefix + ".git", "it looks like a repository, but it is damaged or its git directory is not there")
    scan_tree(run, top, kind, prefix, seen=seen, plain=True)


def _noted(sources: Iterable[files.Source], kind: str, names: list[str]) -> Iterator[files.Source]:
    for source in sources:
        names.append(source.name)
        yield source._replace(kind=kind)


def _scan_all(store: Store, top: Path, seen: set[Path]) -> None:
    run, layout = store.run, store.layout
    if "index" in run.config.only:
        _read_indexes(store)
    if "history" in run.config.only:
        references = refs.refs(layout, run.coverage)
        _scan_history(store, references)
        run.examine_names("ref", [store.prefix + reference.name for reference in references])
        run.examine(files.read(refs.git_files(layout, top, run.coverage), run.coverage), store.prefix)
        for submodule in layout.submodules():
            place = store.prefix + os.path.relpath(submodule, top) + "/"
            scan_repository(run, Layout(submodule, submodule, None), submodule, place, seen)
    elif "index" in run.config.only:
        scan_objects(store, [[oid.encode()] for oid in store.staged])
        settle(store, {}, {}, history=False)
    if "worktree" in run.config.only:
        for git_dir, tree, place in _trees(store, top):
            ignored = frozenset() if run.config.ignored else worktree.ignored(store.room, Layout(git_dir, layout.common_dir, tree))
            scan_tree(run, tree, "worktree", place, ignored, seen)


def _trees(store: Store, top: Path) -> Iterator[tuple[Path, Path, str]]:
    """The work tree, and linked ones outside the target (those below it are met on the walk).

    Each with its git directory and the prefix of its paths.
    """
    layout = store.layout
    if layout.work_tree:
        yield layout.git_dir, layout.work_tree, store.prefix
    for administration, tree in layout.worktrees():
        if tree is None:
            store.run.coverage.skip(f"worktree {administration.name}", "its folder is not there, or does not point back")
        elif tree != layout.work_tree and os.path.relpath(tree, top).startswith(".."):
            yield administration, tree, os.path.relpath(tree, top) + "/"


def _read_indexes(store: Store) -> None:
    """Note all staged blobs of the repository's index and of its linked worktrees' indexes."""
    layout, run = store.layout, store.run
    places = [(layout.git_dir / "index", "index", store.prefix)]
    places += [(folder / "index", f"index of worktree {folder.name}", store.prefix) for folder, _ in layout.worktrees()]
    for path, label, prefix in places:
        entries = index.entries(store.room, path, run.coverage, label)
        for entry in entries:
            if not entry.is_link:
                store.staged.setdefault(entry.oid, []).append((label, prefix + entry.path))
            elif not layout.has_submodule(entry.path):
                run.coverage.skip(prefix + entry.path, "a submodule that is not here; 'git submodule update --init' brings it")
        run.examine_names("name", [prefix + entry.path for entry in entries])


def _scan_history(store: Store, references: list[refs.Ref]) -> None:
    run, room = store.run, store.room
    holdings.check(store.layout, run.coverage)
    listed = catalogue.read(room)
    if listed.trouble:
        run.coverage.skip("objects", f"the list of objects may not be whole: {listed.trouble}")
    known = listed.known
    for reference in references:
        if reference.oid and reference.keeps_alive and reference.oid.encode() not in known:
            run.coverage.skip(f"ref {reference.name}", "it names an object that is missing")
    for oid in store.staged:
        if oid.encode() not in known:
            run.coverage.skip(f"index entry {store.staged[oid][0][1]}", f"its blob {oid} is missing")
    history = attribution.HistoryPass(room, listed.commits)
    scan_objects(store, listed.families, listed.bases, history.prepare)
    changes = history.changes(store.layout.shallow, run.coverage)
    attribution.missing(changes, known, holdings.is_partial(store.layout), run.coverage)
    attribution.missing_targets(room, listed.tags, known, run.coverage)
    tips = {reference.oid for reference in references if reference.is_branch and reference.oid}
    attribute(store, changes, tips)


def _scan_staged(store: Store) -> None:
    """The blobs that the next commit would bring, and their names."""
    run, layout = store.run, store.layout
    head = next((ref.oid for ref in refs.refs(layout, run.coverage) if ref.name == "HEAD"), "")
    path = run.config.index or layout.git_dir / "index"
    if not path.is_file():
        return
    try:
        entries = index.staged(store.room, path, head or store.room.empty_tree)
    except OSError as error:
        run.coverage.skip("index", f"cannot be compared with HEAD: {error}")
        entries = index.entries(store.room, path, run.coverage, "index")
    _scan_entries(store, entries)


def scan_index_files(run: Run, layout: Layout, names: list[str]) -> None:
    """Scan named files as they stand in the index; those that are not there, as they stand in the work tree."""
    path = run.config.index or layout.git_dir / "index"
    with CleanRoom([layout.objects, *layout.alternates()], layout.sha256) as room:
        store = Store(run, layout, room, "")
        wanted = set(names)
        entries = [entry for entry in index.entries(room, path, run.coverage, "index") if entry.path in wanted]
        _scan_entries(store, entries)
    outside = sorted(wanted - {entry.path for entry in entries})
    assert layout.work_tree
    sources = [files.Source("worktree", name, os.path.join(layout.work_tree, name)) for name in outside]
    run.examine(files.read(sources, run.coverage))


def _scan_entries(store: Store, entries: list[index.Entry]) -> None:
    """Scan index entries: contents and names."""
    for entry in entries:
        if not entry.is_link:
            store.staged.setdefault(entry.oid, []).append(("index", store.prefix + entry.path))
    scan_objects(store, [[oid.encode()] for oid in store.staged])
    settle(store, {}, {}, history=False)
    store.run.examine_names("name", [store.prefix + entry.path for entry in entries])
