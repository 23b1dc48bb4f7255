"""``python dev.py bench [NAME …] [--json]``: a row a figure, medians, one run."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields

from bench.figure import Figure
from bench.texts import FOLDER

MODULES = (
    "startup",
    "keystroke",
    "typing",
    "recheck",
    "pdf",
    "word",
    "workbook",
    "processes",
    "preview",
    "save",
    "checks",
    "read",
    "foreign",
    "words",
)
"""A module of this package each, with ``figures() -> list[Figure]``."""


def main() -> int:
    """Measure what was asked for and print it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--texts", metavar="FOLDER", help="right texts that words is to find nothing in")
    options = parser.parse_args()
    if options.texts:
        os.environ[FOLDER] = options.texts
    unknown = set(options.names) - set(MODULES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
    names = options.names or MODULES
    figures = _measured(names[0]) if len(names) == 1 else [one for name in names for one in _apart(name)]
    if options.json:
        print(json.dumps([_as_json(figure) for figure in figures], indent=1))
    else:
        _print_table(figures)
    return 0 if all(figure.ok for figure in figures) else 1


def _measured(name: str) -> list[Figure]:
    figures: list[Figure] = importlib.import_module(f"bench.{name}").figures()
    return figures


def _apart(name: str) -> list[Figure]:
    """The module's figures out of a process of its own: what others load or leave slows none down."""
    command = [sys.executable, "-m", "bench", name, "--json"]
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=False, encoding="utf-8")
    if not ended.stdout:
        raise SystemExit(f"bench {name} ended with {ended.returncode}")
    keys = [field.name for field in fields(Figure)]
    return [Figure(**{key: row[key] for key in keys}) for row in json.loads(ended.stdout)]


def _as_json(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "ratio": round(figure.ratio, 3), "ok": figure.ok}


def _print_table(figures: Iterable[Figure]) -> None:
    print(f"{'name':<58}{'ours':>10}{'peer':>10} {'unit':<5}{'ratio':>7}{'target':>8}  ok")
    for figure in figures:
        print(
            f"{figure.name:<58}{figure.ours:>10.3f}{figure.peer:>10.3f} {figure.unit:<5}"
            f"{figure.ratio:>7.2f}{figure.target:>8.2f}  {'yes' if figure.ok else 'NO'}"
        )


if __name__ == "__main__":
    sys.exit(main())
