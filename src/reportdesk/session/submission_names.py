"""What a 报送 folder and its files are called, and which of the folders beside a report is its own.

A folder of another unit, of another year or without our list is never written over. Making the
files is ``submission``'s.
"""

from __future__ import annotations

from pathlib import Path

from reportdesk.exports import manifest
from reportdesk.exports.manifest import Manifest, ManifestError, read_manifest
from reportdesk.form.load import load_form
from reportdesk.report.document import Report
from reportdesk.session.hand_in import is_of
from reportdesk.session.meeting import own_word
from reportdesk.session.publish import safe_name
from reportdesk.store import disk

_LONGEST_UNIT = 40
"""Characters of a unit's name in names of files: with all that follows a name stays below 100."""


def folder_name(report: Report, file: Path | None = None) -> str:
    """〈单位〉〈年〉, safe on Windows; with the file's name where another report beside it is called so too."""
    name = safe_name(f"{_unit(report)}{report.year or ''}") or "年报报送"
    return f"{name}{own_word(file, report)}"


def file_name(report: Report) -> str:
    """〈单位〉〈年〉年 and what such a report is called, safe on Windows, the year at its end however long the unit."""
    year = f"{report.year}年" if report.year else ""
    return safe_name(f"{_unit(report)}{year}{load_form(report.edition).report_name}")


def folder_for(report: Report, beside: Path, file: Path | None = None) -> Path:
    """The folder of that name, unless one has it that is not ours or is another unit's or year's."""
    name = folder_name(report, file)
    target = beside / name
    number = 2
    while target.exists() and not _is_ours(target, report):
        target = beside / f"{name} ({number})"
        number += 1
    return target


def _is_ours(folder: Path, report: Report) -> bool:
    """Whether the folder has a list, which of 0.1.0 says not whose it is."""
    if not (folder / manifest.NAME).is_file():
        return False
    standing = standing_list(folder)
    return standing is None or not standing.unit or is_of(standing, report)


def standing_list(folder: Path) -> Manifest | None:
    """The list of the folder, if there is one that can be read."""
    try:
        return read_manifest(disk.read(folder / manifest.NAME, manifest.MAX_BYTES))
    except (OSError, ManifestError):
        return None


def _unit(report: Report) -> str:
    return safe_name(" ".join(report.name_in_title().split()), _LONGEST_UNIT)
