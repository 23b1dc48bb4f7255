"""The environment in .venv: made from a lock with hashes by plain pip, and left alone when it is current.

It holds what runs, tests and checks the project; the locks stand in requirements/. The project
itself is installed as a pointer to src/, so that a change of source needs no new set-up.
"""

import hashlib
import json
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from tools.dev import debian
from tools.dev.places import REQUIREMENTS, ROOT, VENV, Stop, executable

_STAMP = VENV / "reportdesk.json"
_LOG = VENV / "install.log"
_PIP = ["-m", "pip", "--disable-pip-version-check", "--no-input"]


def ensure(*, tests: bool = False) -> Path:
    """Make or mend .venv and what the system must bring; its Python. Quick when nothing changed."""
    debian.provide(
        Qt=debian.packages_for_qt(),
        venv=[] if executable("pip").exists() else debian.packages_for_venv(),
        tests=debian.packages_for_tests() if tests else [],
    )
    wanted = {"lock": _digest(REQUIREMENTS / "test.txt"), "project": _project_digest(), "place": str(VENV)}
    present = _read_stamp()
    python = executable("python")
    if present != wanted:
        started = time.monotonic()
        if present.get("place") != wanted["place"] or not python.exists():
            _create()
        if present.get("lock") != wanted["lock"] or present.get("place") != wanted["place"]:
            print(
                "Installing the packages of requirements/test.txt (some 150 MB the first time) ...",
                flush=True,
            )
            _pip(
                "install", "--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS / "test.txt")
            )
        _pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
        _STAMP.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")
        print(f"The environment in .venv is ready ({time.monotonic() - started:.0f} s).", flush=True)
    return python


def ensure_bench() -> Path:
    """As `ensure`, and the peers that the bench compares with."""
    python = ensure()
    stamp = VENV / "reportdesk-bench.json"
    wanted = {"lock": _digest(REQUIREMENTS / "bench.txt"), "base": _digest(_STAMP)}
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != json.dumps(wanted):
        print("Installing the packages of requirements/bench.txt ...", flush=True)
        _pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS / "bench.txt"))
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
    return python


def create_plain(folder: Path) -> None:
    """Make a virtual environment with pip in it, replacing what stood there."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        msg = f"{folder} is not a virtual environment; please move it away."
        raise Stop(msg)
    # sys.executable may be the very .venv that is to be made anew.
    base = getattr(sys, "_base_executable", None) or sys.executable
    result = _run([base, "-m", "venv", "--clear", str(folder)])
    if result.returncode == 0:
        return
    if "ensurepip" in result.stdout + result.stderr:
        command = " ".join(debian.packages_for_venv()) or "python3-venv"
        msg = f"Python cannot make a virtual environment. Please run once: sudo apt-get install {command}"
        raise Stop(msg)
    msg = f"Python cannot make the virtual environment {folder}: {_last_line(result)}"
    raise Stop(msg)


def _create() -> None:
    create_plain(VENV)


def _pip(*arguments: str) -> None:
    result = _run([str(executable("python")), *_PIP, *arguments], cwd=ROOT)
    with _LOG.open("a", encoding="utf-8") as log:
        log.write(result.stdout + result.stderr)
    if result.returncode:
        msg = f"pip could not install the packages ({_pip_reason(result)}). All it said is in {_LOG.relative_to(ROOT)}"
        raise Stop(msg)


def _pip_reason(result: subprocess.CompletedProcess[str]) -> str:
    if "NewConnectionError" in result.stderr or "name resolution" in result.stderr:
        return "the package index cannot be reached: is there a network, or a mirror in pip's settings?"
    return _last_line(result)


def _last_line(result: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (result.stdout + result.stderr).splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["it gave no reason"])[-1].removeprefix("ERROR: ")


def _run(command: list[str], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def _read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _project_digest() -> str:
    """Changes when what an installed project says of itself changes: entry points, version, dependencies."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    told = json.dumps(
        [pyproject["project"], pyproject["build-system"], pyproject["tool"]["hatch"]], sort_keys=True
    )
    version = (ROOT / "src" / "reportdesk" / "__init__.py").read_bytes()
    return hashlib.sha256(told.encode() + version).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
