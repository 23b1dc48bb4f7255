"""``python dev.py bench [NAME …] [--json]``: a row a figure, medians, one run."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterable

from bench.figure import Figure

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
)
"""A module of this package each, with ``figures() -> list[Figure]``."""


def main() -> int:
    """Measure what was asked for and print it; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MODULES))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    unknown = set(options.names) - set(MODULES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
    figures = []
    for name in options.names or MODULES:
        figures += importlib.import_module(f"bench.{name}").figures()
    if options.json:
        print(json.dumps([_as_json(figure) for figure in figures], indent=1))
    else:
        _print_table(figures)
    return 0 if all(figure.ok for figure in figures) else 1


def _as_json(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "ours": figure.ours,
        "peer": figure.peer,
        "unit": figure.unit,
        "ratio": round(figure.ratio, 3),
        "target": figure.target,
        "ok": figure.ok,
    }


def _print_table(figures: Iterable[Figure]) -> None:
    print(f"{'name':<58}{'ours':>10}{'peer':>10} {'unit':<5}{'ratio':>7}{'target':>8}  ok")
    for figure in figures:
        print(
            f"{figure.name:<58}{figure.ours:>10.3f}{figure.peer:>10.3f} {figure.unit:<5}"
            f"{figure.ratio:>7.2f}{figure.target:>8.2f}  {'yes' if figure.ok else 'NO'}"
        )


if __name__ == "__main__":
    sys.exit(main())
