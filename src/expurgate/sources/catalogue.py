"""What an object store holds: every object's name, in families of deltas, in the order of the packs.

Objects of one family (an object, what is stored as a delta against it, and so on) are mostly versions of one file. Read one
after the other they cost git the least, since each one's base is at hand, and each says the next one what of it is not new.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from expurgate.git import CleanRoom

_FORMAT = "--batch-check=%(objectname) %(deltabase) %(objecttype)"


@dataclass
class Catalogue:
    """All objects of a store. ``families`` holds hex names as bytes; each family in pack order, bases before deltas."""

    families: list[list[bytes]] = field(repr=False)
    bases: dict[bytes, bytes] = field(repr=False)  # of blobs that are deltas: what each is a delta of
    commits: list[bytes] = field(repr=False)
    tags: list[bytes] = field(repr=False)
    known: set[bytes] = field(repr=False)
    trouble: str = ""  # what git said if the list may not be whole

    @property
    def size(self) -> int:
        """How many objects there are."""
        return len(self.known)


def read(room: CleanRoom) -> Catalogue:
    """List all objects. ``trouble`` says why the list may not be whole."""
    with tempfile.TemporaryFile() as errors:
        process = room.start("cat-file", "--batch-all-objects", "--unordered", _FORMAT, stderr=errors)
        assert process.stdout
        with process.stdout as listing:
            found = _sorted(listing)
        status = process.wait()
        errors.seek(0)
        messages = room.scrub(errors.read(65536).decode("utf-8", "replace"))
    return replace(found, trouble=_first_line(messages) if status or messages else "")


def _sorted(listing: Iterable[bytes]) -> Catalogue:
    families: list[list[bytes]] = []
    member: dict[bytes, list[bytes]] = {}
    typed: dict[bytes, list[bytes]] = {b"commit": [], b"tag": [], b"blob": [], b"tree": []}
    bases: dict[bytes, bytes] = {}
    for line in listing:
        name, base, kind = _fields(line.rstrip(b"\n"))
        family = member.get(base)
        if family is None:
            family = []
            families.append(family)
        elif kind == b"blob":
            bases[name] = base
        family.append(name)
        member[name] = family
        if kind in (b"commit", b"tag"):
            typed[kind].append(name)
    return Catalogue(families, bases, typed[b"commit"], typed[b"tag"], set(member))


def along_deltas(family: list[bytes], bases: dict[bytes, bytes]) -> list[bytes]:
    """A family with each delta right after its base, or after what was made of the base before: its nearest kin.

    Families without known bases stay as they are.
    """
    if len(family) < 3 or family[1] not in bases:
        return family
    children: dict[bytes, list[bytes]] = {}
    for name in family[1:]:
        children.setdefault(bases[name], []).append(name)
    ordered, stack = [], [family[0]]
    while stack:
        name = stack.pop()
        ordered.append(name)
        stack += children.get(name, ())
    return ordered


def _fields(line: bytes) -> tuple[bytes, bytes, bytes]:
    parts = line.split(b" ")
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    return parts[0], b"", b"missing"


def _first_line(messages: str) -> str:
    return next((line for line in messages.splitlines() if line.strip()), "git could not list all objects")
