"""What the folders beside a report and the files of a 报送 are called, and which of the folders is its own.

Each folder's name begins with what it holds: 报送, 送审 or 导出. One that an earlier version named otherwise
is gone on with. A folder of another unit, of another year or without our list is never written over. Making
the files is ``submission``'s.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from reportdesk.exports import manifest
from reportdesk.exports.manifest import Manifest, ManifestError, read_manifest
from reportdesk.form.load import load_form
from reportdesk.outgoing.export_files import safe_name
from reportdesk.outgoing.hand_in import is_of
from reportdesk.outgoing.same_folder import own_word
from reportdesk.report.document import Report
from reportdesk.store import disk

_LONGEST_UNIT = 40
"""Characters of a unit's name in names of files: with all that follows a name stays below 100."""


def folder_name(report: Report, file: Path | None = None) -> str:
    """报送-〈单位〉〈年〉, safe on Windows; with the file's name where another report beside it is called so too."""
    return f"报送-{_whose(report, '年报')}{own_word(file, report)}"


def papers_folder(report: Report, file: Path) -> Path:
    """送审-〈单位〉〈年〉 beside the report's file; 内部-〈单位〉〈年〉 where 0.2.0 or before put the papers there."""
    word = own_word(file, report)
    former = file.parent / f"内部-{_whose(report, '年报报送')}{word}"
    return former if former.is_dir() else file.parent / f"送审-{_whose(report, '年报')}{word}"


def file_name(report: Report) -> str:
    """〈单位〉〈年〉年 and what such a report is called, safe on Windows, the year at its end however long the unit."""
    year = f"{report.year}年" if report.year else ""
    return safe_name(f"{_unit(report)}{year}{load_form(report.edition).report_name}")


def folder_for(report: Report, beside: Path, file: Path | None = None) -> Path:
    """The folder of that name, unless one has it that is not ours or is another unit's or year's.

    One of ours that bears the name of 0.2.0 and before, 〈单位〉〈年〉, stays the report's folder.
    """
    former = beside / f"{_whose(report, '年报报送')}{own_word(file, report)}"
    for target in _numbered(former):
        if not target.exists():
            break
        if _is_ours(target, report):
            return target
    named = _numbered(beside / folder_name(report, file))
    return next(target for target in named if not target.exists() or _is_ours(target, report))


def _numbered(folder: Path) -> Iterator[Path]:
    """The folder, then 〈name〉 (2), (3) and on."""
    yield folder
    yield from (folder.with_name(f"{folder.name} ({number})") for number in itertools.count(2))


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


def _whose(report: Report, otherwise: str) -> str:
    return safe_name(f"{_unit(report)}{report.year or ''}") or otherwise


def _unit(report: Report) -> str:
    return safe_name(" ".join(report.name_in_title().split()), _LONGEST_UNIT)
