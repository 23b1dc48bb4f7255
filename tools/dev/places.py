"""Where things stand in the working copy, and how a foreseeable failure is told."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
BUILD = ROOT / "build"
OUT = ROOT / "out"
EXAMPLE = ROOT / "examples" / "changle-2024.gknb"

_ON_WINDOWS = os.name == "nt"


class Stop(Exception):  # noqa: N818 (a plain word: it ends the command, and is no defect of it)
    """Ends a command; its text is the one line that the user reads."""


def executable(name: str, environment: Path = VENV) -> Path:
    """Path of the program `name` in a virtual environment, whether or not it exists."""
    if _ON_WINDOWS:
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name
