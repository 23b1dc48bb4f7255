"""The command line of dev.py: what each command does, in the order a newcomer needs them."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.dev import environment, locks, quality
from tools.dev.places import BUILD, EXAMPLE, OUT, ROOT, Stop, executable

_INTERRUPTED = 130  # what a shell reports for Ctrl+C

# Each process has its own settings and clipboard, and gets a run of whole files, which share what is
# dear to make; one that is through takes half of what another has left.
_AT_ONCE = min((os.cpu_count() or 1) + 1, 4)
"""Processes for the tests: one more than processors, for many a test waits, for a window or for a program to end."""
_SIDE_BY_SIDE = ("-n", str(_AT_ONCE), "--dist", "worksteal")


def main(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. A foreseeable failure is one line on stderr and 1."""
    options, rest = _parser().parse_known_args(arguments)
    try:
        return _COMMANDS[options.command](options, rest)
    except Stop as stop:
        print(f"dev.py: {stop}", file=sys.stderr)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        # No rights, a full disk, a read-only folder: the system's own words and the path say it.
        where = f": {error.filename}" if error.filename else ""
        print(f"dev.py: {error.strerror or error}{where}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="Sets up the project's environment in .venv (each command does so first), runs, tests, measures.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, says: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=says, description=says, allow_abbrev=False)

    command("setup", "set up .venv and what the system lacks, nothing else; quick when nothing changed")
    run = command("run", "open the window on the example; without a display, check and export it into out/")
    run.add_argument("file", nargs="?", type=Path, help="a .gknb file to open instead of the example")
    command("test", "run the tests, side by side; further arguments go to pytest (-n 0: in one process)")
    command("bench", "measure: [NAME …] [--json]; a row a figure, against its peer and its target")
    command(
        "faults",
        "do harm in every way: [--seconds N] [--seed S] [--anew] [KIND …]; goes on where it was stopped",
    )
    command("check", "format, lint, types, architecture and licences, one line each")
    command("pictures", "draw every page of the window as PNG into build/pictures; further arguments go on")
    lock = command("lock", "make requirements/*.txt anew from pyproject.toml")
    lock.add_argument(
        "--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows"
    )
    return parser


def _setup(_options: argparse.Namespace, rest: list[str]) -> int:
    _refuse(rest)
    environment.ensure(tests=True)
    return 0


def _run(options: argparse.Namespace, rest: list[str]) -> int:
    _refuse(rest)
    environment.ensure()
    report = options.file.resolve() if options.file else _working_copy()
    if not report.exists():
        msg = f"there is no file {report}"
        raise Stop(msg)
    if _has_display():
        return _open_window(report)
    return _export(report)


def _test(_options: argparse.Namespace, rest: list[str]) -> int:
    # On a real display one window has the focus, and one program the clipboard.
    is_offscreen = os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen"
    side_by_side = _SIDE_BY_SIDE if is_offscreen else ()
    return _in_environment(
        environment.ensure(tests=True), "-m", "pytest", *side_by_side, *rest, compiled=True
    )


def _bench(_options: argparse.Namespace, rest: list[str]) -> int:
    return _in_environment(environment.ensure_bench(), "-m", "bench", *rest)


def _faults(_options: argparse.Namespace, rest: list[str]) -> int:
    return _in_environment(environment.ensure(tests=True), "-m", "tests.faults", *rest, compiled=True)


def _check(_options: argparse.Namespace, rest: list[str]) -> int:
    _refuse(rest)
    return quality.check(environment.ensure())


def _pictures(_options: argparse.Namespace, rest: list[str]) -> int:
    return _in_environment(environment.ensure(), "-m", "tools.pictures", *rest)


def _lock(options: argparse.Namespace, rest: list[str]) -> int:
    _refuse(rest)
    locks.make(upgrade=options.upgrade)
    return 0


_COMMANDS = {
    "setup": _setup,
    "run": _run,
    "test": _test,
    "bench": _bench,
    "faults": _faults,
    "check": _check,
    "pictures": _pictures,
    "lock": _lock,
}


def _refuse(rest: list[str]) -> None:
    if rest:
        msg = f"this command takes no argument {rest[0]}"
        raise Stop(msg)


def _working_copy() -> Path:
    """Copy the example into out/ unless it is there: the window saves by itself, and the example is not to change."""
    copy = OUT / EXAMPLE.name
    if not copy.exists():
        OUT.mkdir(exist_ok=True)
        shutil.copyfile(EXAMPLE, copy)
    return copy


def _has_display() -> bool:
    return sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _open_window(report: Path) -> int:
    print(f"Opening {_shown(report)}", flush=True)
    code = _in_environment(executable("reportdesk"), str(report))
    if code < 0:  # Qt aborts when the display that the environment names does not answer
        msg = "the window could not open; does the display named by DISPLAY or WAYLAND_DISPLAY answer?"
        raise Stop(msg)
    return code


def _export(report: Path) -> int:
    """Show without a display what the window would: the findings, and the files it exports."""
    print(f"No display here, so no window: checking and exporting {_shown(report)} instead.", flush=True)
    program = executable("reportdesk")
    print("Findings:", flush=True)
    code = _in_environment(program, "check", str(report))
    if code not in {0, 1}:  # 1 only says that the report has errors
        return code
    print("Files written:", flush=True)
    return _in_environment(
        program, "export", str(report), "--to", str(OUT), "--formats", "pdf,xlsx,docx,html"
    )


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def _in_environment(program: Path, *arguments: str, compiled: bool = False) -> int:
    """Run it; its exit code.

    ``compiled``: whatever it starts finds the project compiled, as an installed program is, though the
    surroundings want nothing written beside the sources: it is kept in build/.
    """
    known = dict(os.environ)
    if compiled:
        known.pop("PYTHONDONTWRITEBYTECODE", None)
        known["PYTHONPYCACHEPREFIX"] = str(BUILD / "bytecode")
    return subprocess.run([str(program), *arguments], cwd=ROOT, check=False, env=known).returncode
