"""An older version against the open report: what differs, and the edit that takes it back.

Which versions there are, and their files, is ``reportdesk.store.versions``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.report.edit_between import difference, without_standing
from reportdesk.report.edits import Edit
from reportdesk.report.file.codec import CodecError, decode
from reportdesk.report.print_changes import Changes, compare
from reportdesk.report.text.figures import tell_figure
from reportdesk.store.file import StoreError

LABEL = "取回以前的版本"
_LONGEST = 60
"""Characters of a sentence that is shown."""


@dataclass(frozen=True, slots=True)
class Older:
    """A version beside the open report: what prints otherwise, and the edit to take it back.

    Remarks, marks and explanations are taken back too, although none of them is printed.
    """

    report: Report
    changes: Changes
    edit: Edit

    @property
    def says(self) -> str:
        """How much differs, in a clerk's words."""
        figures, words = len(self.changes.figures), len(self.changes.rewordings)
        if figures or words:
            counts = [f"数字 {figures} 格"] * bool(figures) + [f"文字 {words} 处"] * bool(words)
            return f"与现在不同：{'，'.join(counts)}"
        return "备注、标记等与现在不同" if self.edit else "与现在相同"


def look_at(form: Form, report: Report, content: bytes) -> Older:
    """The version with these bytes beside the open report.

    Raises:
        StoreError: it cannot be read, or is in another edition than the report is now.
    """
    try:
        older = decode(content).report
    except CodecError as error:
        raise StoreError(f"打不开这个版本：{error}") from error
    if older.edition != report.edition:
        raise StoreError("这个版本用的是另一种年报格式，不能直接取回；可以另存一份再打开。")
    edit = without_standing(difference(report, older, LABEL))
    return Older(older, compare(form, older, report), edit)


def difference_lines(form: Form, changes: Changes) -> Iterator[str]:
    """Each difference as a line: where, what it was then, what it is now."""
    for figure in changes.figures:
        then, now = tell_figure(figure.before), tell_figure(figure.after)
        yield f"{form.name_of(figure.ref)}：那时 {then}，现在 {now}"
    for words in changes.rewordings:
        yield f"{words.where}：那时{_quoted(words.before)}，现在{_quoted(words.after)}"


def _quoted(words: str) -> str:
    line = " ".join(words.split())
    short = line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
    return f"“{short}”" if short else "没有"
