"""The command line: one parser, one place where errors become one line and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from expurgate import __version__
from expurgate.errors import ExitCode, ExpurgateError

COMMANDS = {
    "scan": "find secrets, personal data and proprietary markers in a repository, folder, file or stream",
    "hook": "the same for what is about to be committed or pushed; for pre-commit and Git hooks",
    "install": "write plain Git hooks into this repository",
    "baseline": "decide on findings once: they stay decided when lines shift or commits are rebased",
    "rules": "list, show and check the rules",
}
_CODES = """
exit codes:
  0  nothing blocks, and everything was read
  1  at least one finding blocks
  2  the call or the configuration is wrong
  3  nothing blocks, but something was not read (the report names it)
"""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line and name the help."""

    def error(self, message: str) -> NoReturn:
        """One line on stderr, and exit 2."""
        print(f"expurgate: {message}; see '{self.prog} --help'", file=sys.stderr)
        sys.exit(ExitCode.USAGE)


def entry() -> NoReturn:
    """The console script."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as on Ctrl-C: take down what was set up
    gc.disable()  # a short life, and millions of small values without cycles: collecting them costs a quarter of a large scan
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run a command; the exit code."""
    try:
        return _run(arguments)
    except ExpurgateError as error:
        print(f"expurgate: {_line(error)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("expurgate: interrupted; nothing was written", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # the reader of our output has gone: what it did not read it did not want, but the verdict is not known to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.INCOMPLETE
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    """A full disk behind our output, or a fault of ours: never a traceback with values of the target in it."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"expurgate: the output cannot be written: {error.strerror}", file=sys.stderr)
    else:
        print(f"expurgate: internal error: {_fault(error)}; please report it", file=sys.stderr)
    return ExitCode.USAGE


def _run(arguments: Sequence[str]) -> int:
    parser = Parser(
        prog="expurgate",
        description="Finds secrets, personal data and proprietary markers in files and in the whole history of repositories.",
        epilog=_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"expurgate {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    chosen = next((word for word in arguments if not word.startswith("-")), "")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == chosen:  # the other commands' modules are not needed
            import_module(f"expurgate.cli.{name}").configure(command)
            if command.epilog is None or "exit codes" not in command.epilog:
                command.epilog = (command.epilog or "") + _CODES
    options = parser.parse_args(arguments)
    result: int = options.run(options)
    return result


def _line(error: BaseException) -> str:
    from expurgate.report.escape import escape

    return escape(" ".join(str(error).split()))


def _fault(error: BaseException) -> str:
    """The kind of a fault and the place in our code where it happened: messages of exceptions may hold values."""
    trace = error.__traceback__
    place = ""
    while trace:
        code = trace.tb_frame.f_code
        if "expurgate" in code.co_filename:
            place = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place or 'an unknown place'}"
