"""Whether two reports would write into one folder, since both have the same title and year.

Copies of one report, and two units with one title, meet so; then a folder is named after the file
as well. Only names are answered for here; who writes is ``publish``, ``submission`` and the papers.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportdesk.form.spec import Form
from reportdesk.readers.limits import MAX_FILE
from reportdesk.report.check_code import check_code
from reportdesk.report.codec import CodecError, decode
from reportdesk.report.document import Fact, Report
from reportdesk.session.publish import Format, file_name, safe_name
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


def standing_other(folder: Path, form: Form, report: Report) -> str:
    """Whose file would be written over in that folder, in words; empty if nobody's or the report's own.

    Known by unit and year of the data in the PDF that stands there under the report's name.
    """
    from reportdesk.readers.attached import attached_report

    try:
        inside = attached_report(disk.read(folder / file_name(Format.PDF, form, report), MAX_FILE))
        other = decode(inside).report if inside else None
    except (OSError, CodecError):
        return ""
    if other is None or _whose(other) == _whose(report):
        return ""
    unit, year = _whose(other)
    return f"“{unit}”{year}年的年报（核对码 {check_code(form, other)}）"


def _whose(report: Report) -> tuple[str, str]:
    return report.facts.get(Fact.FULL_NAME, "").strip(), str(report.year or "")


def _meets(path: Path, report: Report) -> bool:
    try:
        other = read_report(path).report
    except StoreError:
        return False
    return (other.name_in_title(), other.year) == (report.name_in_title(), report.year)
