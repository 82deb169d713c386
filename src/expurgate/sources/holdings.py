"""Whether an object store is whole as files: what git passes over in silence when it lists objects."""

from __future__ import annotations

import os
import re
from pathlib import Path

from expurgate.model import Coverage
from expurgate.sources.layout import Layout, sorted_entries

_LOOSE = {False: re.compile(r"[0-9a-f]{38}\Z"), True: re.compile(r"[0-9a-f]{62}\Z")}  # without and with SHA-256
_KNOWN = (".pack", ".idx", ".rev", ".keep", ".promisor", ".bitmap", ".mtimes", ".midx", ".lock")


def check(layout: Layout, coverage: Coverage) -> None:
    """Note packs without index, indexes without pack, empty packs and loose files that are no objects."""
    pack = layout.objects / "pack"
    loose = _LOOSE[layout.sha256]
    present = {entry.name for entry in sorted_entries(pack)}
    for name in sorted(present):
        stem, suffix = os.path.splitext(name)
        if suffix == ".pack" and stem + ".idx" not in present:
            coverage.skip(
                f"objects/pack/{name}", "pack without its index: git does not see its objects; run 'git index-pack' on it"
            )
        elif suffix == ".idx" and stem + ".pack" not in present:
            coverage.skip(f"objects/pack/{name}", "the pack of this index is missing")
        elif suffix == ".pack":
            _check_pack(pack / name, coverage)
        elif suffix not in _KNOWN and not name.startswith("multi-pack-index"):
            coverage.skip(f"objects/pack/{name}", "not a file that git keeps there; a pack that was not finished?")
    for fan in sorted_entries(layout.objects):
        if len(fan.name) == 2 and fan.is_dir():
            for entry in sorted_entries(fan):
                if not loose.match(entry.name):
                    coverage.skip(f"objects/{fan.name}/{entry.name}", "not a loose object")
        elif fan.name not in ("pack", "info"):
            coverage.skip(f"objects/{fan.name}", "not part of an object store")


def is_partial(layout: Layout) -> bool:
    """True if the repository was cloned with a filter."""
    return any(entry.suffix == ".promisor" for entry in sorted_entries(layout.objects / "pack"))


def _check_pack(path: Path, coverage: Coverage) -> None:
    """A pack begins with PACK and a version, and its index ends with the pack's own checksum (gitformat-pack)."""
    try:
        with open(path, "rb") as pack, open(path.with_suffix(".idx"), "rb") as index:
            size = 32 if len(path.stem) > 60 else 20
            head = pack.read(12)
            pack.seek(-size, os.SEEK_END)
            index.seek(-2 * size, os.SEEK_END)
            if head[:4] != b"PACK" or pack.read(size) != index.read(size):
                coverage.skip(
                    f"objects/pack/{path.name}", "pack is damaged or truncated: its checksum is not the one its index names"
                )
    except OSError as error:
        coverage.skip(f"objects/pack/{path.name}", f"cannot be read: {error.strerror}")
