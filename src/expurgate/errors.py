"""The one error root and the exit codes: everything that may end a command early."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process answers; part of the public contract."""

    CLEAN = 0  # nothing blocks, and everything was read
    FINDINGS = 1  # at least one finding blocks
    USAGE = 2  # the call or the configuration is wrong
    INCOMPLETE = 3  # nothing blocks, but something was not read
    INTERRUPTED = 130  # Ctrl-C


class ExpurgateError(Exception):
    """An expected failure; its text is one line for the user and never holds a value of the target."""

    exit_code = ExitCode.USAGE


class ConfigError(ExpurgateError):
    """A configuration file, rule file or baseline that cannot be used."""


class UsageError(ExpurgateError):
    """An argument that cannot be used."""


class TargetError(ExpurgateError):
    """A target that does not exist or cannot be opened."""


class GitError(ExpurgateError):
    """The git program is missing or failed where no reading could go on without it."""
