"""Formats whose content cannot be read off their bytes. They are told by their first bytes, never by their name."""

from __future__ import annotations

from typing import NamedTuple


class Opaque(NamedTuple):
    """A format that no adapter reads yet: its name, the group a policy may accept, and why its bytes do not show its content."""

    name: str
    group: str
    why: str


_COMPRESSED = "its content is compressed"
_PICTURE = "pixels and embedded data are not examined"
_TABLE: tuple[tuple[bytes, Opaque], ...] = (
    (b"PK\x03\x04", Opaque("ZIP archive or Office document", "archive", _COMPRESSED)),
    (b"PK\x05\x06", Opaque("ZIP archive", "archive", _COMPRESSED)),
    (b"\x1f\x8b", Opaque("gzip", "archive", _COMPRESSED)),
    (b"BZh", Opaque("bzip2", "archive", _COMPRESSED)),
    (b"\xfd7zXZ\0", Opaque("xz", "archive", _COMPRESSED)),
    (b"7z\xbc\xaf\x27\x1c", Opaque("7-Zip archive", "archive", _COMPRESSED)),
    (b"\x28\xb5\x2f\xfd", Opaque("zstd", "archive", _COMPRESSED)),
    (b"\x04\x22\x4d\x18", Opaque("LZ4", "archive", _COMPRESSED)),
    (b"Rar!\x1a\x07", Opaque("RAR archive", "archive", _COMPRESSED)),
    (b"!<arch>\ndebian", Opaque("Debian package", "archive", _COMPRESSED)),
    (b"\xed\xab\xee\xdb", Opaque("RPM package", "archive", _COMPRESSED)),
    (b"MSCF", Opaque("cabinet archive", "archive", _COMPRESSED)),
    (b"hsqs", Opaque("SquashFS image", "archive", _COMPRESSED)),
    (b"\x1f\x9d", Opaque("compress", "archive", _COMPRESSED)),
    (b"\x5d\0\0", Opaque("LZMA", "archive", _COMPRESSED)),
    (b"x\x01", Opaque("zlib", "archive", _COMPRESSED)),
    (b"x\x9c", Opaque("zlib", "archive", _COMPRESSED)),
    (b"x\xda", Opaque("zlib", "archive", _COMPRESSED)),
    (b"PACK\0\0\0", Opaque("Git pack", "archive", _COMPRESSED)),
    (b"# v2 git bundle", Opaque("Git bundle", "archive", _COMPRESSED)),
    (b"# v3 git bundle", Opaque("Git bundle", "archive", _COMPRESSED)),
    (b"PAR1", Opaque("Parquet table", "archive", _COMPRESSED)),
    (b"%PDF-", Opaque("PDF", "document", "its text is compressed")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Opaque("legacy Office document", "document", "its parts are not read")),
    (b"version https://git-lfs.github.com/spec/", Opaque("Git LFS pointer", "lfs", "the content is not in the object store")),
    (b"\x89PNG\r\n\x1a\n", Opaque("PNG image", "image", _PICTURE)),
    (b"\xff\xd8\xff", Opaque("JPEG image", "image", _PICTURE)),
    (b"GIF8", Opaque("GIF image", "image", _PICTURE)),
    (b"II*\0", Opaque("TIFF image", "image", _PICTURE)),
    (b"MM\0*", Opaque("TIFF image", "image", _PICTURE)),
    (b"\0\0\1\0", Opaque("icon", "image", _PICTURE)),
    (b"OggS", Opaque("Ogg media", "media", "sound and pictures are not examined")),
    (b"ID3", Opaque("MP3 audio", "media", "sound is not examined")),
    (b"fLaC", Opaque("FLAC audio", "media", "sound is not examined")),
    (b"RIFF", Opaque("RIFF media", "media", "sound and pictures are not examined")),
    (b"wOFF", Opaque("WOFF font", "font", _COMPRESSED)),
    (b"wOF2", Opaque("WOFF2 font", "font", _COMPRESSED)),
)
_FIRST = frozenset(magic[0] for magic, _ in _TABLE)
_LONGEST = max(len(magic) for magic, _ in _TABLE)


def opaque(data: bytes | bytearray, start: int, end: int) -> Opaque | None:
    """The opaque format of the artifact in ``data[start:end]``, or None if its bytes show what is in it."""
    if end - start < 4 or data[start] not in _FIRST:
        return None
    head = bytes(data[start : min(end, start + _LONGEST)])
    return next((kind for magic, kind in _TABLE if head.startswith(magic)), None)
