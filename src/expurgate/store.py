"""One repository's objects during a scan: examined, and their matches given places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from expurgate.content import gitobject
from expurgate.git import CleanRoom
from expurgate.model import Match, Matches, Occurrence, Skipped
from expurgate.parallel import Task, read_objects
from expurgate.sources import attribution
from expurgate.sources.layout import Layout

if TYPE_CHECKING:
    from expurgate.pipeline import Run

_OPAQUE = re.compile(r"blob ([0-9a-f]{40,64})\Z")


@dataclass
class Store:
    """One repository's objects during a scan, and what was found in them."""

    run: Run
    layout: Layout
    room: CleanRoom
    prefix: str  # of paths, relative to the target
    found: list[Matches] = field(default_factory=list, repr=False)
    staged: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # blob -> (label of the index, path)


def scan_objects(
    store: Store,
    families: list[list[bytes]],
    bases: dict[bytes, bytes] | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Examine objects. Matches in commits and tags are settled at once, the others wait for their paths.

    ``meanwhile`` is called now and then: where other processes read, this one has time.
    """
    run = store.run
    total = sum(len(family) for family in families)
    done = [0, 0]

    def progress(objects: int, size: int) -> None:
        done[0] += objects
        done[1] += size
        run.progress(done[0], total, done[1])
        meanwhile()

    wants = run.collector.wants
    task = Task(store.room, run.engine, run.config.accept_unread, bases or {})
    for group in read_objects(task, families, run.config.jobs, run.coverage, progress):
        found = [match for match in group.found if wants(match)]
        if not found:
            continue
        if group.kind not in ("commit", "tag"):
            store.found.append(group._replace(found=found))
            continue
        commit = group.name if group.kind == "commit" else ""
        first = Occurrence(group.kind, "", found[0].position, group.name, "", "", (), commit, group.author_date)
        for match in found:
            run.collector.add(match, [_at(match, first, match.field)])


def attribute(store: Store, changes: list[attribution.Change], tips: Iterable[str]) -> None:
    blobs = {group.name for group in store.found if group.kind == "blob"} | set(_opaque(store))
    names = {match.field for group in store.found if group.kind == "tree" for match in group.found}
    by_blob, by_name = attribution.origins(store.room, changes, blobs, names, tips)
    settle(store, by_blob, by_name)


def settle(
    store: Store,
    by_blob: dict[str, attribution.Origin],
    by_name: dict[str, attribution.Origin],
    history: bool = True,
) -> None:
    """Turn matches in blobs and trees into places, and name the blobs in the coverage by their paths.

    Without ``history``, only staged places count.
    """
    collector = store.run.collector
    dates: dict[str, str] = {}  # of commits
    names: set[tuple[bytes, str]] = set()
    for group in store.found:
        if group.kind == "blob":
            origin = by_blob.get(group.name)
            if origin and origin.commit not in dates:
                dates[origin.commit] = gitobject.author_date(origin.raw)
            places = _blob_places(store, group, origin, dates[origin.commit] if origin else "", history)
            for match in group.found:
                collector.add(match, [_at(match, place, place.field) for place in places])
            continue
        for match in group.found:
            if (match.value, match.field) not in names:  # else it is the same name in another version of a folder
                names.add((match.value, match.field))
                collector.add(match, [_name_place(store, group, match, by_name.get(match.field))])
    _name_opaque(store, by_blob)
    store.found.clear()


def _blob_places(store: Store, group: Matches, origin: attribution.Origin | None, date: str, history: bool) -> list[Occurrence]:
    """Where a blob stands, with the first match's position: what all its matches have in common is made once."""
    first = group.found[0]
    staged = store.staged.get(group.name, ())
    places = [_place(group, first, path, kind="index", field=label if label != "index" else "") for label, path in staged]
    if history and origin:
        paths = tuple(store.prefix + path for path in origin.paths)
        more = paths if len(paths) > 1 else ()
        places.append(_place(group, first, paths[0], paths=more, commit=origin.commit, author_date=date, at_tip=origin.at_tip))
    elif history and not staged:
        places.append(_place(group, first, "", at_tip=False))
    return places


def _at(match: Match, place: Occurrence, where: str) -> Occurrence:
    """The place of another match in the same artifact. (``_replace`` takes four times as long, and there are very many.)"""
    kind, path, _, oid, _, _, paths, commit, date, at_tip, _, _ = place
    return Occurrence(
        kind, path, match.position, oid, where, match.derived, paths, commit, date, at_tip, match.suppressed, match.part
    )


def _name_place(store: Store, group: Matches, match: Match, origin: attribution.Origin | None) -> Occurrence:
    if origin is None:
        return _place(group, match, store.prefix + match.field)
    paths = tuple(store.prefix + path for path in origin.paths)
    return _place(
        group,
        match,
        paths[0],
        paths=paths if len(paths) > 1 else (),
        commit=origin.commit,
        author_date=gitobject.author_date(origin.raw),
    )


def _place(group: Matches, match: Match, path: str, **more: Any) -> Occurrence:
    values = {"kind": group.kind, "field": match.field} | more
    return Occurrence(
        path=path,
        position=match.position,
        oid=group.name,
        derived=match.derived,
        suppressed=match.suppressed,
        part=match.part,
        **values,
    )


def _opaque(store: Store) -> dict[str, list[Skipped]]:
    found: dict[str, list[Skipped]] = {}
    for skipped in (*store.run.coverage.skipped, *store.run.coverage.accepted):
        if match := _OPAQUE.match(skipped.where):
            found.setdefault(match[1], []).append(skipped)
    return found


def _name_opaque(store: Store, by_blob: dict[str, attribution.Origin]) -> None:
    def named(skipped: Skipped) -> Skipped:
        match = _OPAQUE.match(skipped.where)
        if not match:
            return skipped
        if origin := by_blob.get(match[1]):
            return Skipped(f"{store.prefix}{origin.paths[0]} (blob {match[1][:12]})", skipped.reason)
        staged = store.staged.get(match[1])
        return Skipped(f"{staged[0][1]} ({staged[0][0]})", skipped.reason) if staged else skipped

    coverage = store.run.coverage
    coverage.skipped[:] = [named(skipped) for skipped in coverage.skipped]
    coverage.accepted[:] = [named(skipped) for skipped in coverage.accepted]
