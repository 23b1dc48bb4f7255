"""Whether two reports would write into one folder, since both have the same title and year.

Copies of one report, and two units with one title, meet so; then a folder is named after the file
as well. Only names are answered for here; who writes is ``publish``, ``submission`` and the papers.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportdesk.exports.formats import Format
from reportdesk.form.spec import Form
from reportdesk.outgoing.file_names import export_name, safe_name
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.readers.published import published_identity
from reportdesk.report.document import Report
from reportdesk.report.identity import identity_of
from reportdesk.store import disk
from reportdesk.store.file import SUFFIX, StoreError, read_report

_LONGEST = 24
"""Characters of a file's name, from its end: there copies differ."""
_MOST = 60
"""Reports that are looked at."""


def own_word(file: Path | None, report: Report, others: Iterable[Path] = ()) -> str:
    """（the file's name） where another report beside it or of ``others`` has the same title and year, else empty."""
    if file is None:
        return ""
    beside = sorted(file.parent.glob(f"*{SUFFIX}"))
    known = dict.fromkeys((*beside, *others))
    met = (path for path in list(known)[:_MOST] if path != file and _meets(path, report))
    if next(met, None) is None:
        return ""
    return f"（{safe_name(file.stem[-_LONGEST:], _LONGEST)}）"


def standing_other(folder: Path, form: Form, report: Report, formats: Iterable[Format]) -> str:
    """Whose file would be written over in that folder, in words; empty if nobody's or the report's own.

    Known by the unit and year that the files of these formats name which stand there under the report's name.
    """
    own = identity_of(form, report)
    for wanted in formats:
        path = folder / export_name(wanted, form, report)
        try:
            standing = published_identity(disk.read(path, MAX_FILE), path.suffix)
        except OSError:
            continue
        if standing is not None and standing.is_other_than(own):
            return standing.says
    return ""


def _meets(path: Path, report: Report) -> bool:
    try:
        other = read_report(path).report
    except StoreError:
        return False
    return (other.name_in_title(), other.year) == (report.name_in_title(), report.year)
