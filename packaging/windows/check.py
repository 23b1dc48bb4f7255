#!/usr/bin/env python3
"""Tries what build.py made as a clerk's PC would, under Wine: installs, runs, upgrades, removes it.

Further arguments go to pytest. Pictures stand in build/windows/trying/pictures afterwards: they are
to be looked at.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
sys.path[:0] = [str(_HERE), str(_ROOT)]

from making.needs import provide_for_check
from tools.dev import environment
from tools.dev.places import Stop


def main() -> int:
    """Try; the exit code."""
    try:
        provide_for_check()
        python = environment.ensure(tests=True)
    except Stop as stop:
        print(f"check.py: {stop}", file=sys.stderr)
        return 1
    paths = os.pathsep.join((str(_HERE), str(_ROOT)))
    command = [str(python), "-B", "-m", "pytest", "-v", "--tb=short", "--no-header", "-p", "no:cacheprovider"]
    command += [str(_HERE / "trying"), *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
