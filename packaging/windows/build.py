#!/usr/bin/env python3
"""Makes the installer and the portable folder for Windows, on Debian; `--help` says the rest.

This file only sees that the environment and Debian's programs are there; the work is done in
making/, by the environment's Python.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[1]
sys.path[:0] = [str(_HERE), str(_ROOT)]

from making.needs import provide_for_build
from tools.dev import environment
from tools.dev.places import Stop


def main() -> int:
    """Build; the exit code."""
    try:
        provide_for_build()
        python = environment.ensure()
    except Stop as stop:
        print(f"build.py: {stop}", file=sys.stderr)
        return 1
    paths = os.pathsep.join((str(_HERE), str(_ROOT)))
    command = [str(python), "-B", "-m", "making", *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
