"""Scans a range of commits: the objects that are new in it, the commits themselves included."""

from __future__ import annotations

import re

from expurgate.errors import TargetError
from expurgate.sources import attribution, refs
from expurgate.store import Store, attribute, scan_objects

_ZEROS = re.compile(r"0{40,64}\Z")
_UNSHALLOW = (
    "this clone is shallow and does not hold the whole range; fetch it with 'git fetch --unshallow' "
    "(GitHub Actions: fetch-depth: 0, GitLab CI: GIT_DEPTH: 0)"
)


def scan_range(store: Store) -> None:
    """The objects that are new in a range of commits, the commits themselves included."""
    run, room, layout = store.run, store.room, store.layout
    references = refs.refs(layout, run.coverage)
    room.furnish_refs([(ref.name, ref.oid) for ref in references if ref.oid])
    objects = _objects_of(store, _revisions(run.config.range))
    families = [[line.split(b" ", 1)[0]] for line in objects]
    scan_objects(store, families)
    names = b"".join(family[0] + b"\n" for family in families)
    _, output, _ = room.run("cat-file", "--batch-check=%(objecttype) %(objectname)", stdin=names)
    commits = [line.split()[1] for line in output.splitlines() if line.startswith(b"commit ")]
    changes = attribution.HistoryPass(room, commits).changes([], run.coverage) if commits else []
    attribute(store, changes, {ref.oid for ref in references if ref.is_branch and ref.oid})


def _revisions(text: str) -> list[str]:
    revisions = text.split()
    for revision in revisions:
        if revision.startswith("-"):
            raise TargetError(f"range {text!r} is not a range of commits such as main..HEAD")
    first, dots, last = text.partition("..")
    if dots and not first.strip():
        raise TargetError(f"range {text!r} has no start; in CI a variable may have been empty")
    if len(revisions) == 1 and _ZEROS.match(first):
        return [last or "HEAD"]  # CI systems name no commit as zeros: a new branch
    return revisions


def _objects_of(store: Store, revisions: list[str]) -> list[bytes]:
    room, layout, coverage = store.room, store.layout, store.run.coverage
    status, output, messages = room.run("rev-list", "--objects", "--end-of-options", *revisions, "--")
    if not status:
        return output.splitlines()
    shallow = layout.shallow
    if not shallow:
        reason = next((line for line in messages.splitlines() if line.startswith("fatal:")), "git cannot list it")
        raise TargetError(f"range {' '.join(revisions)!r}: {reason.removeprefix('fatal: ')}")
    coverage.skip(f"range {' '.join(revisions)}", _UNSHALLOW)
    room.furnish_shallow(shallow)
    for attempt in (revisions, [revision.rsplit("..", 1)[-1] or "HEAD" for revision in revisions if not revision.startswith("^")]):
        status, output, _ = room.run("rev-list", "--objects", "--end-of-options", *attempt, "--")
        if not status:
            return output.splitlines()
    return []
