"""Which of the folders beside a report is its own for 报送 and 送审.

One that an earlier version named otherwise is gone on with. A folder of another unit, of another year or
without our list is never written over. What they are called is ``file_names``', making the files ``submission``'s.
"""

from __future__ import annotations

from pathlib import Path

from reportdesk.exports import manifest
from reportdesk.exports.manifest import Manifest, ManifestError, read_manifest
from reportdesk.outgoing import file_names
from reportdesk.outgoing.file_names import numbered
from reportdesk.outgoing.hand_in import is_of
from reportdesk.outgoing.same_folder import own_word
from reportdesk.report.document import Report
from reportdesk.store import disk


def folder_name(report: Report, file: Path | None = None) -> str:
    """报送-〈单位〉〈年〉, safe on Windows; with the file's name where another report beside it is called so too."""
    return file_names.hand_in_folder(report, own_word(file, report))


def papers_folder(report: Report, file: Path) -> Path:
    """送审-〈单位〉〈年〉 beside the report's file; 内部-〈单位〉〈年〉 where 0.2.0 or before put the papers there."""
    word = own_word(file, report)
    former = file.parent / file_names.former_papers_folder(report, word)
    return former if former.is_dir() else file.parent / file_names.papers_folder(report, word)


def folder_for(report: Report, beside: Path, file: Path | None = None) -> Path:
    """The folder of that name, unless one has it that is not ours or is another unit's or year's.

    One of ours that bears the name of 0.2.0 and before, 〈单位〉〈年〉, stays the report's folder.
    """
    former = file_names.former_hand_in_folder(report, own_word(file, report))
    for target in numbered(beside, former):
        if not target.exists():
            break
        if _is_ours(target, report):
            return target
    named = numbered(beside, folder_name(report, file))
    return next(target for target in named if not target.exists() or _is_ours(target, report))


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
