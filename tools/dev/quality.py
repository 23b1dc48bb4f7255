"""Format, lint, types, architecture and licences: one line each, and what was said where it failed."""

import subprocess
import time
from pathlib import Path

from tools.dev.places import ROOT

# Folders of Python code; some may not exist yet.
_CODE = ("src", "tests", "tools", "bench", "packaging", "dev.py")


def check(python: Path) -> int:
    """Run every check with the environment's Python; 0 if all pass."""
    code = [name for name in _CODE if (ROOT / name).exists()]
    steps = {
        "format": ["ruff", "format", "--check", "--output-format", "concise", *code],
        "lint": ["ruff", "check", "--quiet", "--output-format", "concise", *code],
        "types": ["mypy", *code],
        "architecture": ["pytest", "-q", "--no-header", "tests/test_architecture.py"],
        "licences": ["tools.dev.licences"],
    }
    failed = [name for name, command in steps.items() if not _passes(name, [str(python), "-m", *command])]
    print(
        f"{len(steps) - len(failed)} of {len(steps)} checks passed"
        + (f"; not {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    started = time.monotonic()
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    said = (result.stdout + result.stderr).rstrip()
    took = f"{time.monotonic() - started:.1f} s"
    if result.returncode:
        print(f"{name:<13} FAILED  {took}\n{said}", flush=True)
        return False
    print(f"{name:<13} passed  {took}", flush=True)
    return True
