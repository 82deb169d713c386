"""Checks everything that must hold before a change lands: style, types, import contracts, rules, ourselves, tests.

python -m tests                  all of it
python -m tests --only lint      all but the tests
python -m tests --only pytest    the tests alone
"""

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

_TOP = Path(__file__).parent.parent
_SCRIPTS = Path(sysconfig.get_path("scripts"))
_STEPS: dict[str, list[str]] = {
    "style": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "rules": ["expurgate", "rules", "check"],
    "ourselves": ["expurgate", "scan", "--only", "worktree", "."],
    "pytest": ["pytest"],
}


def main() -> int:
    """Run the steps in order; stop at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("lint", "pytest"))
    only = parser.parse_args().only
    for name, (program, *arguments) in _STEPS.items():
        if only and (name == "pytest") != (only == "pytest"):
            continue
        print(f"== {name}: {program} {' '.join(arguments)}", flush=True)
        environment = os.environ | {"PATH": f"{_SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}"}
        code = subprocess.run([_SCRIPTS / program, *arguments], cwd=_TOP, env=environment, check=False).returncode
        if code:
            print(f"== {name} failed with exit status {code}", flush=True)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
