"""What all rules find in each unit's counted report; kept in the cache by the report's content and the day."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportdesk import __version__
from reportdesk.checks.engine import Severity, open_findings, ran_whole
from reportdesk.desk.standing import UnitStanding
from reportdesk.form.load import load_form
from reportdesk.session.whole_check import check_whole
from reportdesk.store import disk
from reportdesk.store.file import write_whole

_FOLDER = "审核"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as the desk tells it."""

    code: str
    severity: str
    message: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one report; ``is_whole`` is False where a rule could not be run."""

    findings: tuple[Finding, ...]
    is_whole: bool = True

    def count(self, severity: Severity) -> int:
        """How many there are of it."""
        return sum(found.severity == severity.value for found in self.findings)


def check_units(units: Sequence[UnitStanding], day: dt.date, cache: Path) -> Mapping[str, Checked]:
    """What is found in each report that counts, by the unit's number."""
    return {one.unit.id: _check(one, day, cache / _FOLDER) for one in units if one.chosen is not None}


def _check(one: UnitStanding, day: dt.date, cache: Path) -> Checked:
    assert one.chosen is not None  # noqa: S101 - the caller left the others out
    shown = one.chosen.first.shown
    key = hashlib.sha256(f"{__version__} {day} {shown.content}".encode("utf-8", "surrogatepass")).hexdigest()
    path = cache / f"{key[:32]}.json"
    known = _from_cache(path)
    if known is not None:
        return known
    report = shown.report()
    checked = check_whole(load_form(report.edition), report, day)
    findings = tuple(
        Finding(found.code, found.severity.value, found.message, tuple(map(str, found.cells)))
        for found in open_findings(checked.findings)
    )
    told = Checked(findings, ran_whole(checked.findings))
    with contextlib.suppress(OSError):  # a cache: it is checked again the next time
        disk.make_folder(cache)
        write_whole(path, json.dumps(dataclasses.asdict(told), ensure_ascii=False).encode("utf-8", "replace"))
    return told


def _from_cache(path: Path) -> Checked | None:
    try:
        told = json.loads(disk.read(path))
        findings = tuple(Finding(**{**one, "cells": tuple(one["cells"])}) for one in told["findings"])
        return Checked(findings, bool(told["is_whole"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
