"""Options that several commands share, and what they make of the configuration."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from expurgate import config as config_room
from expurgate.config import Config
from expurgate.errors import ExitCode, UsageError
from expurgate.model import ScanResult, Severity


def add_policy(parser: argparse.ArgumentParser) -> None:
    """Which rules, which findings, which configuration."""
    group = parser.add_argument_group("rules and policy")
    group.add_argument(
        "--select", action="append", metavar="RULES", help="only these: rule ids, globs or categories, comma-separated"
    )
    group.add_argument(
        "--ignore", action="append", metavar="RULES", help="not these: rule ids, globs or categories, comma-separated"
    )
    group.add_argument("--min-severity", type=_severity, metavar="LEVEL", help="leave out less: info, low, medium, high, critical")
    group.add_argument("--min-confidence", type=_fraction, metavar="0..1", help="leave out findings that are less certain")
    group.add_argument("--block-severity", type=_severity, metavar="LEVEL", help="what blocks: this or worse (default: medium)")
    group.add_argument(
        "--rules", action="append", type=Path, metavar="DIR", help="a folder of rule files, besides the built-in rules"
    )
    group.add_argument(
        "--config", type=Path, metavar="FILE", help="configuration instead of the nearest .expurgate.toml or pyproject.toml"
    )
    group.add_argument(
        "--no-config", action="store_true", help="obey nothing that the target says: no configuration, no baseline, no inline allow"
    )
    group.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help=f"decisions (default: {config_room.BASELINE} beside the target, if it is there)",
    )


def add_output(parser: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """How results are told."""
    group = parser.add_argument_group("output")
    group.add_argument("--format", choices=formats, default="text", help="of standard output (default: text)")
    group.add_argument(
        "--report", action="append", type=_report(formats), metavar="FORMAT=FILE", help="write a report too; repeatable"
    )
    group.add_argument(
        "--show", action="store_true", help="show values; by default a tag such as [secret:3f9c] stands in their place"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="findings only, no summary and no progress")
    group.add_argument(
        "-v", "--verbose", action="count", default=0, help="more places (-v), suppressed findings (-vv), everything (-vvv)"
    )
    group.add_argument("--no-color", action="store_true", help="no colours (also: NO_COLOR)")


def configured(options: argparse.Namespace, target: Path) -> Config:
    """The configuration of the target with the flags of the call on top."""
    config = Config(inline=False, source="none (--no-config)") if options.no_config else config_room.load(target, options.config)
    values: dict[str, Any] = {}
    for name in ("select", "ignore"):
        if getattr(options, name) is not None:
            values[name] = tuple(part.strip() for text in getattr(options, name) for part in text.split(",") if part.strip())
    for name in ("min_severity", "min_confidence", "block_severity", "baseline"):
        if getattr(options, name) is not None:
            values[name] = getattr(options, name)
    if options.rules:
        values["rules"] = (*config.rules, *options.rules)
    config = replace(config, **values)
    if config.baseline is None and not options.no_config and (target / config_room.BASELINE).is_file():
        config = replace(config, baseline=target / config_room.BASELINE)
    return config


def colour(options: argparse.Namespace, stream: IO[str]) -> bool:
    """Whether colours are wanted on a stream."""
    return not options.no_color and not os.environ.get("NO_COLOR") and stream.isatty()


def exit_code(result: ScanResult) -> ExitCode:
    """What the process answers for a result."""
    if result.blocking:
        return ExitCode.FINDINGS
    return ExitCode.CLEAN if result.complete else ExitCode.INCOMPLETE


def write(stream: IO[str], lines: Iterator[str]) -> None:
    """Lines to a stream, in the end all of them."""
    for line in lines:
        stream.write(line + "\n")
    stream.flush()


def write_file(path: Path, lines: Iterator[str]) -> None:
    """A report file, for the owner's eyes only, whole or not at all; a device or pipe is written to as it is."""
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        try:
            with open(path, "w", encoding="utf-8") as file:
                write(file, lines)
        except OSError as error:
            raise UsageError(f"report {path} cannot be written: {error.strerror}") from None
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.fchmod(handle, mode)
        with open(handle, "w", encoding="utf-8") as file:
            write(file, lines)
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"report {path} cannot be written: {error.strerror}") from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def utf8(stream: IO[str]) -> None:
    """Let a standard stream carry any character; what it cannot show is spelled out."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


def _severity(text: str) -> Severity:
    try:
        return Severity.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _fraction(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return number


def _report(formats: tuple[str, ...]) -> Any:
    def parse(text: str) -> tuple[str, Path]:
        name, separator, path = text.partition("=")
        if not separator or name not in formats or not path:
            raise argparse.ArgumentTypeError(f"{text!r} is not FORMAT=FILE with one of {', '.join(formats)}")
        if path == "-":
            raise argparse.ArgumentTypeError("a report goes to a file; --format chooses what standard output gets")
        if not Path(path).absolute().parent.is_dir():
            raise argparse.ArgumentTypeError(f"the folder of {path!r} does not exist")
        return name, Path(path)

    return parse


def progress_stream() -> IO[str] | None:
    """Where progress may be shown: stderr, if a person watches it."""
    return sys.stderr if sys.stderr and sys.stderr.isatty() else None
