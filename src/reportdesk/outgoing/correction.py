"""更正: which hand-in a new one replaces after a return, and what it changes in it, as lines for the mail.

The returned hand-in is looked for in the folders beside. Where none holds it any more its changes are not
listed: nothing is guessed. What a 更正 is called in names and subjects is ``submission``'s.
"""

from __future__ import annotations

import datetime as dt
import glob
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reportdesk.exports.blocks import clean
from reportdesk.form.spec import Form
from reportdesk.outgoing.hand_in import Numbered, is_of
from reportdesk.outgoing.submission_names import standing_list
from reportdesk.readers.files.attached import attached_report
from reportdesk.readers.files.limits import MAX_FILE
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Report, State
from reportdesk.report.file.codec import MAX_BYTES, CodecError, decode
from reportdesk.report.print_changes import Changes, FigureChange, Rewording, compare, name_figure
from reportdesk.report.text.days import spell_day
from reportdesk.report.text.figures import tell_figure
from reportdesk.report.text.word_changes import Words, mark_changes
from reportdesk.session.workflow import reopenings
from reportdesk.store import disk
from reportdesk.store.file import SUFFIX

_RETURNED = re.compile(
    rf"(?:([0-9]{{4}})年([0-9]{{1,2}})月([0-9]{{1,2}})日)?由{State.SUBMITTED.says}改为{State.RETURNED.says}(?:（第 ([0-9]{{1,3}}) 次报送）)?："
)
_MOST_LINES = 40
_LONGEST = 60
"""Characters of words on either side of a change that a line of the mail shows."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a hand-in corrects: the hand-in of that number, made then; 0 and None if that is not known.

    ``changes`` is None where what was handed in is not at hand any more.
    """

    number: int
    made: dt.datetime | None
    changes: Changes | None

    @property
    def replaced(self) -> str:
        """The hand-in that it replaces, such as 2025年1月9日的第 1 次报送."""
        day = f"{spell_day(self.made)}的" if self.made else ""
        return f"{day}第 {self.number} 次报送" if self.number else "此前的报送"


def correction_of(form: Form, report: Report, this: Numbered, folder: Path) -> Correction | None:
    """What this hand-in corrects; None unless an earlier one was returned. ``folder`` is where it is put."""
    number = _returned(report)
    if number is None:
        return None
    standing = standing_list(folder)
    if not number and standing is not None and is_of(standing, report) and standing.number < this.number:
        number = standing.number
    if number >= this.number:
        return None
    known = report.hand_ins.get(number)
    made = known.made if known is not None else None
    if known is not None and known.code == this.made.code:
        return Correction(number, made, Changes((), ()))
    before = _handed_in(form, report, number, folder) if number else None
    return Correction(number, made, compare(form, before, report) if before is not None else None)


def tell_changes(form: Form, correction: Correction) -> list[str]:
    """What the hand-in changes, a line each; for a mail."""
    changes = correction.changes
    if changes is None:
        return []
    if not changes:
        return [f"与{correction.replaced}相比，公开的数字和文字没有改，改了附带的说明或上年数据。"]
    count = len(changes.figures) + len(changes.rewordings)
    also = "（合计随之变动，不再列出）" if changes.figures else ""
    lines = (*(_figure(form, one) for one in changes.figures), *map(_rewording, changes.rewordings))
    listed = [f"{number}. {line}" for number, line in enumerate(islice(lines, _MOST_LINES), start=1)]
    more = [f"另有 {count - _MOST_LINES} 处，见附件。"] if count > _MOST_LINES else []
    return [f"与{correction.replaced}相比，改了 {count} 处{also}：", *listed, *more]


def _returned(report: Report) -> int | None:
    """The number of the hand-in that was returned last; 0 if it is not known, None if none was."""
    found = [match for line in reopenings(report) if (match := _RETURNED.search(line))]
    if not found:
        return max(report.hand_ins, default=0) if report.state is State.RETURNED else None
    *day, number = found[-1].groups()
    if number:
        return int(number)
    # a line of 0.2.0 or before names no number
    told = tuple(map(int, day)) if all(day) else (0, 0, 0)
    by_then = [one for one, made in report.hand_ins.items() if _day(made.made) <= told]
    return max(by_then, default=min(report.hand_ins, default=0))


def _day(at: dt.datetime) -> tuple[int, int, int]:
    return at.year, at.month, at.day


def _handed_in(form: Form, report: Report, number: int, folder: Path) -> Report | None:
    """The report as it was handed in that time, from the folder of it; None if there is none beside."""
    older = sorted(folder.parent.glob(f"{glob.escape(folder.name)}（旧*"), reverse=True)
    for place in (folder, *older):
        standing = standing_list(place)
        if standing is None or standing.number != number or not is_of(standing, report):
            continue
        for content in _data_in(place):
            try:
                before = decode(content).report
            except CodecError:
                continue
            if before.edition == report.edition and check_code(form, before) == standing.code:
                return before
    return None


def _data_in(folder: Path) -> Iterator[bytes]:
    """The data files of a 报送 folder, and those that its PDFs carry."""
    for path in sorted(folder.glob(f"*/*{SUFFIX}")):
        try:
            yield disk.read(path, MAX_BYTES)
        except OSError:
            continue
    for path in sorted(folder.glob("公开/*.pdf")):
        try:
            attached = attached_report(disk.read(path, MAX_FILE))
        except OSError:
            continue
        if attached is not None:
            yield attached


def _figure(form: Form, change: FigureChange) -> str:
    """表二 第5行 行政处罚 23 → 24; a column is named where the row has several."""
    name = name_figure(form, change)
    block = form.tables[change.ref.table].block_of(change.ref)
    if len(block.columns) == 1:
        label = block.row(change.ref.row).label
        name = " ".join((form.tables[change.ref.table].name, f"第{change.row}行", *(label[1:] or label)))
    return f"{name} {tell_figure(change.before)} → {tell_figure(change.after)}"


def _rewording(change: Rewording) -> str:
    if change.is_remark:
        return f"{change.where}：{change.after.strip('（）')}"
    before, after = (_shown(words) for words in mark_changes(clean(change.before), clean(change.after)))
    if not before:
        return f"{change.where}：加上“{after}”"
    if not after:
        return f"{change.where}：删去“{before}”"
    return f"{change.where}：“{before}”改为“{after}”"


def _shown(words: tuple[Words, ...]) -> str:
    text = "".join(one.text for one in words)
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}…{text[-half:]}"
