"""The index (staging area): which blobs it holds under which paths."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from expurgate.git import CleanRoom
from expurgate.model import Coverage

_LINK = b"160000"  # mode of a submodule entry


class Entry(NamedTuple):
    """One staged path; the same path may stand there with several stages during a merge.

    The object of a submodule entry (``is_link``) is a commit in another store.
    """

    path: str
    oid: str
    is_link: bool = False


def entries(room: CleanRoom, index: Path, coverage: Coverage, label: str) -> list[Entry]:
    """All entries of an index file; what makes it unreadable is noted under ``label``."""
    if not index.is_file():
        return []
    _verify(index, room.hex_size, coverage, label)
    status, output, messages = room.run("ls-files", "-z", "--stage", index=index)
    if status:
        coverage.skip(label, f"index cannot be read: {_last(messages)}")
    found = []
    for record in output.split(b"\0"):
        head, _, path = record.partition(b"\t")
        fields = head.split(b" ")
        if len(fields) == 3 and fields[1].strip(b"0"):
            found.append(Entry(os.fsdecode(path), fields[1].decode(), fields[0] == _LINK))
    return found


def staged(room: CleanRoom, index: Path, head: str) -> list[Entry]:
    """The blobs that the index holds and the tree of commit ``head`` (or the empty tree) does not have under that path."""
    status, output, messages = room.run(
        "diff-index", "--cached", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules", head, index=index
    )
    if status:
        raise OSError(_last(messages))
    fields = output.split(b"\0")
    found = []
    for head_line, path in zip(fields[::2], fields[1::2], strict=False):
        _, mode, _, oid, state = head_line.split(b" ")
        if state != b"D":
            found.append(Entry(os.fsdecode(path), oid.decode(), mode == _LINK))
    return found


def _verify(index: Path, hex_size: int, coverage: Coverage, label: str) -> None:
    """The checksum at the end of the file, which git itself no longer checks when it reads an index."""
    try:
        content = index.read_bytes()
    except OSError as error:
        coverage.skip(label, f"index cannot be read: {error.strerror}")
        return
    size = hex_size // 2
    body, checksum = content[:-size], content[-size:]
    wanted = hashlib.new("sha1" if size == 20 else "sha256", body).digest()
    if checksum not in (wanted, bytes(size)):
        coverage.skip(label, "index is corrupt: its checksum is wrong, entries may be missing")


def _last(messages: str) -> str:
    lines = [line for line in messages.splitlines() if line.strip()]
    return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else "git gave no reason"
