"""Makes text of the target harmless in our own output: no control characters, no commands for terminals or CI systems."""

from __future__ import annotations

import unicodedata

_HARMFUL = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))  # control, format (right-to-left marks), surrogates, separators


def escape(text: str) -> str:
    """The text on one line, with what could act on a terminal or a CI log (``::error``, ``##vso[``) spelled out."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(_spelled(char) if unicodedata.category(char) in _HARMFUL else char for char in text)
    if "##" in text:
        text = text.replace("##", "#\\x23")
    return "\\x3a" + text[1:] if text.lstrip().startswith("::") and text.startswith(":") else text.replace(" ::", " \\x3a:")


def _spelled(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8, as os.fsdecode keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
