"""Plain files, symbolic links and streams as batches. Nothing is followed, and nothing but regular files is opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from expurgate.model import Batch, Coverage, Item

BUFFER = 8 << 20
PIECE = 32 << 20
OVERLAP = 1 << 17


class Source(NamedTuple):
    """A file to read: the kind and name its findings carry, and where it is."""

    kind: str
    name: str
    path: str


def read(sources: Iterable[Source], coverage: Coverage) -> Iterator[Batch]:
    """The contents of files and the targets of symbolic links; what cannot be read is noted in ``coverage``."""
    data, items = bytearray(), []
    for source in sources:
        try:
            status = os.lstat(source.path)
            if stat.S_ISLNK(status.st_mode):
                content = os.fsencode(os.readlink(source.path))
            elif not stat.S_ISREG(status.st_mode):
                coverage.skip(source.name, "not a regular file: devices, pipes and sockets are never opened")
                continue
            elif status.st_size > PIECE:
                with _open(source.path) as file:
                    yield from pieces(file, source.kind, source.name, coverage)
                continue
            else:
                with _open(source.path) as file:
                    content = file.read()
        except OSError as error:
            coverage.skip(source.name, f"cannot be read: {error.strerror or error}")
            continue
        coverage.count(source.kind, 1, len(content))
        items.append(Item(source.kind, source.name, len(data), len(data) + len(content)))
        data += content
        data += b"\n"
        if len(data) >= BUFFER:
            yield Batch(data, items)
            data, items = bytearray(), []
    if items:
        yield Batch(data, items)


def pieces(file: IO[bytes], kind: str, name: str, coverage: Coverage) -> Iterator[Batch]:
    """A stream of any length in overlapping pieces."""
    offset = lines = 0
    piece = b""
    while True:
        more = file.read(PIECE - len(piece))
        piece += more
        yield Batch(piece, [Item(kind, name, 0, len(piece), (), offset, lines)])
        coverage.bytes += len(more)
        if len(more) < PIECE - OVERLAP:
            break
        cut = len(piece) - OVERLAP
        lines += piece.count(b"\n", 0, cut)
        offset += cut
        piece = piece[cut:]
    coverage.count(kind)


def _open(path: str) -> IO[bytes]:
    """Open a regular file, even if it was exchanged for a link or a pipe since we looked."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    file = open(handle, "rb")  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise OSError("not a regular file any more")
    return file
