"""Configuration: TOML to one frozen Config. An unknown key is an error that names the nearest known one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from expurgate.errors import ConfigError
from expurgate.model import Severity

FILE = ".expurgate.toml"
BASELINE = ".expurgate-baseline.json"
GROUPS = ("archive", "document", "font", "image", "lfs", "media")  # of formats in content/formats.py
ACCEPTED = ("font", "image", "media")  # unread formats that do not make a scan incomplete unless the user says so
SCOPES = ("history", "index", "worktree")


@dataclass(frozen=True)
class Allow:
    """Findings of ``rules`` (ids, globs or categories; empty: all) below ``paths`` (gitignore patterns) do not count."""

    paths: tuple[str, ...]
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Config:
    """Everything a scan may be told. The first group can stand in a configuration file, the second is of one call."""

    select: tuple[str, ...] = ()  # rule ids, globs or categories; empty: all
    ignore: tuple[str, ...] = ()
    min_severity: Severity = Severity.INFO
    min_confidence: float = 0.4
    block_severity: Severity = Severity.MEDIUM
    block_confidence: float = 0.5
    rules: tuple[Path, ...] = ()  # rule directories besides the built-in one
    ignore_paths: tuple[str, ...] = ()  # gitignore patterns
    allow: tuple[Allow, ...] = ()
    accept_unread: tuple[str, ...] = ACCEPTED  # groups of formats, see content/formats.py
    baseline: Path | None = None
    key_file: Path | None = None

    inline: bool = True  # obey 'expurgate: allow' in the target
    only: tuple[str, ...] = SCOPES
    staged: bool = False
    range: str = ""
    ignored: bool = False  # read files that .gitignore leaves out, too
    alternates: bool = False  # read object stores that the repository borrows from
    jobs: int = 1
    cache: Path | None = None
    index: Path | None = None  # instead of the repository's own, as Git hands it to hooks
    root: Path | None = None  # the folder that path patterns are relative to, if not the target
    source: str = "defaults"  # the file it came from, for reports


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text")  # noqa: TRY004 - told to the user as a wrong value
    return value


def _fraction(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ValueError("must be a number from 0 to 1")
    return float(value)


def _allow(value: Any) -> tuple[Allow, ...]:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        raise ValueError("must be written as [[allow]] tables")
    found = []
    for table in value:
        unknown = sorted(set(table) - {"paths", "rules", "reason"})
        if unknown:
            raise ValueError(f"has the unknown key {unknown[0]!r}; known are paths, reason, rules")
        if not table.get("paths") and not table.get("rules"):
            raise ValueError("needs paths, rules or both")
        found.append(Allow(_texts(table.get("paths", [])), _texts(table.get("rules", [])), _text(table.get("reason", ""))))
    return tuple(found)


def _groups(value: Any) -> tuple[str, ...]:
    for name in _texts(value):
        if name not in GROUPS:
            raise ValueError(f"names the unknown format group {name!r}; known are {', '.join(GROUPS)}")
    return _texts(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "select": _texts,
    "ignore": _texts,
    "min_severity": lambda value: Severity.parse(_text(value)),
    "min_confidence": _fraction,
    "block_severity": lambda value: Severity.parse(_text(value)),
    "block_confidence": _fraction,
    "rules": _texts,
    "ignore_paths": _texts,
    "allow": _allow,
    "accept_unread": _groups,
    "baseline": _text,
    "key_file": _text,
}
_PATHS = {"rules", "baseline", "key_file"}  # relative to the folder of the configuration file


def load(start: Path, explicit: Path | None = None, environ: dict[str, str] | None = None) -> Config:
    """The configuration for a target: ``explicit`` or $EXPURGATE_CONFIG, or the nearest file from ``start`` upwards.

    $EXPURGATE_MIN_SEVERITY and the like (the upper-case key) override the file; lists are comma-separated there.
    """
    environ = dict(os.environ) if environ is None else environ
    named = explicit or (Path(environ["EXPURGATE_CONFIG"]) if environ.get("EXPURGATE_CONFIG") else None)
    table: dict[str, Any] = {}
    path = named or _nearest(start)
    if path:
        table = _read(path, required=named is not None) or {}
    config = _build(table, str(path) if path else "", path.parent if path else Path())
    config = replace(config, source=str(path) if path else "defaults", root=path.parent if path else None)
    return _override(config, environ)


def _nearest(start: Path) -> Path | None:
    folder = Path(os.path.abspath(start))
    for place in (folder, *folder.parents):
        if not os.access(place, os.R_OK | os.X_OK):
            continue  # the scan says that it cannot be read
        if (place / FILE).is_file():
            return place / FILE
        if (place / "pyproject.toml").is_file() and _read(place / "pyproject.toml", required=False) is not None:
            return place / "pyproject.toml"
        if (place / ".git").exists() or ((place / "HEAD").is_file() and (place / "objects").is_dir()):
            return None  # what lies above the repository is not its configuration
    return None


def _read(path: Path, required: bool) -> dict[str, Any] | None:
    """The table of a configuration file; None for a pyproject.toml without one."""
    import tomli

    try:
        content = path.read_bytes()
        if path.name == "pyproject.toml" and b"expurgate" not in content:
            document: dict[str, Any] = {}
        else:
            document = tomli.loads(content.decode())
    except OSError as error:
        raise ConfigError(f"configuration {path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    if path.name != "pyproject.toml":
        return document
    tools = document.get("tool", {})
    table = tools.get("expurgate") if isinstance(tools, dict) else None
    if table is None and required:
        raise ConfigError(f"{path}: it has no [tool.expurgate] table")
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: expurgate must be written as a [tool.expurgate] table")
    return table


def _build(table: dict[str, Any], where: str, folder: Path) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _READERS:
            near = get_close_matches(key, _READERS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(_READERS))}"
            raise ConfigError(f"{where}: unknown key {key!r}; {hint}")
        try:
            values[key] = _READERS[key](value)
        except ValueError as error:
            raise ConfigError(f"{where}: {key} {error}") from None
        if key == "rules":
            values[key] = tuple(folder / name for name in values[key])
        elif key in _PATHS:
            values[key] = folder / values[key]
    return Config(**values)


def _override(config: Config, environ: dict[str, str]) -> Config:
    for key, reader in _READERS.items():
        text = environ.get(f"EXPURGATE_{key.upper()}")
        if not text or key == "allow":
            continue
        value: Any = text
        if reader is _fraction:
            try:
                value = float(text)
            except ValueError:
                raise ConfigError(f"EXPURGATE_{key.upper()} must be a number from 0 to 1") from None
        elif reader in (_texts, _groups):
            value = [part.strip() for part in text.split(",") if part.strip()]
        try:
            read = reader(value)
        except ValueError as error:
            raise ConfigError(f"EXPURGATE_{key.upper()} {error}") from None
        if key == "rules":
            read = tuple(Path(name) for name in read)
        changed: dict[str, Any] = {key: Path(read) if key in _PATHS and key != "rules" else read}
        config = replace(config, **changed)
    return config
