"""Remarks as a file that a person or another program writes: which cells or words, and what is said of them.

Answers for the JSON of such a file and for a sentence about what is wrong in it; docs/return-file.md
describes it. What each remark is about is looked up in the report that is returned.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reportdesk.form.spec import CellRef, Form
from reportdesk.report.document import Report, Value
from reportdesk.report.records import Notice, NoticeKind
from reportdesk.report.returned.placing import anchor, starts_of
from reportdesk.report.returned.return_file import MAX_BYTES, MAX_REMARKS
from reportdesk.report.text.figures import show_figure
from reportdesk.report.totals import numbers_of


class RemarksError(ValueError):
    """The remarks cannot be used; the message is a sentence that says which and why."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark before it is put into a return: at cells, or at a part and its words, or on the whole report.

    ``start`` is where the words begin in the part, which need not be said where they stand there once.
    """

    text: str
    kind: NoticeKind = NoticeKind.MUST
    cells: tuple[str, ...] = ()
    part: str = ""
    words: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is sent back: the remarks, the reason of the return, and by when it is due."""

    remarks: tuple[Remark, ...]
    reason: str = ""
    due: str = ""


def read_remarks(content: bytes) -> Remarks:
    """The remarks in the bytes of such a file.

    Raises:
        RemarksError: something is wrong; the first such thing is told.
    """
    if len(content) > MAX_BYTES:
        raise RemarksError("意见文件太大。")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RemarksError("意见文件不是 JSON，或写法不对。") from error
    entries = document.get("remarks") if isinstance(document, dict) else None
    if not isinstance(entries, list) or not 0 < len(entries) <= MAX_REMARKS:
        raise RemarksError(f"意见文件里应有“remarks”，写 1 到 {MAX_REMARKS} 条意见。")
    remarks = tuple(_remark(number, entry) for number, entry in enumerate(entries, 1))
    return Remarks(remarks, _text(document, "reason", "意见文件"), _due(document))


def notices_of(
    form: Form, report: Report, wanted: Remarks, return_id: str, office: str, made: dt.datetime
) -> dict[str, Notice]:
    """The remarks as notices on that report, with the numbers and words that they are about.

    Raises:
        RemarksError: one is about something that the report does not have.
    """
    numbers = numbers_of(form, report)
    notices: dict[str, Notice] = {}
    for number, remark in enumerate(wanted.remarks, 1):
        plain = Notice(
            made, office, remark.text, remark.kind, words=remark.words, due=wanted.due, return_id=return_id
        )
        notices[f"{return_id}-{number:03}"] = _placed(number, form, report, numbers, remark, plain)
    return notices


def _placed(
    number: int,
    form: Form,
    report: Report,
    numbers: Mapping[CellRef, Value | None],
    remark: Remark,
    plain: Notice,
) -> Notice:
    if remark.cells:
        known = {str(ref): show_figure(numbers.get(ref)) for ref in form.kind_of}
        if wrong := [key for key in remark.cells if key not in known]:
            raise RemarksError(f"第 {number} 条意见：没有“{wrong[0]}”这一格。")
        first, *also = remark.cells
        return replace(plain, place=first, objected=known[first], also={key: known[key] for key in also})
    if remark.part and remark.part not in form.parts:
        raise RemarksError(f"第 {number} 条意见：没有“{remark.part}”这一部分。")
    if not remark.words:
        return replace(plain, place=remark.part)
    text = report.prose.get(remark.part, "")
    starts = starts_of(text, remark.words)
    if not starts:
        raise RemarksError(f"第 {number} 条意见：这一部分里没有“{remark.words}”。")
    if remark.start is None and len(starts) > 1:
        raise RemarksError(
            f"第 {number} 条意见：“{remark.words}”出现 {len(starts)} 次，请用 start 写明是哪一处。"
        )
    start = starts[0] if remark.start is None else remark.start
    if start not in starts:
        raise RemarksError(f"第 {number} 条意见：从第 {start + 1} 个字起不是“{remark.words}”。")
    return anchor(replace(plain, place=remark.part), text, start)


def _remark(number: int, entry: object) -> Remark:
    which = f"第 {number} 条意见"
    if not isinstance(entry, dict):
        raise RemarksError(f"{which}应写在一对花括号里。")
    text, kind = _text(entry, "text", which), _text(entry, "kind", which) or NoticeKind.MUST
    cells, start = entry.get("cells", []), entry.get("start")
    if not text.strip():
        raise RemarksError(f"{which}没有写“text”。")
    if kind not in set(NoticeKind):
        raise RemarksError(f"{which}的“kind”只能写 {'、'.join(NoticeKind)}。")
    if not isinstance(cells, list) or not all(isinstance(key, str) for key in cells):
        raise RemarksError(f"{which}的“cells”应为一列单元格的键。")
    if start is not None and type(start) is not int:
        raise RemarksError(f"{which}的“start”应为整数。")
    part, words = _text(entry, "part", which), _text(entry, "words", which)
    if (cells and part) or (words and not part):
        raise RemarksError(f"{which}：单元格和部分只写一样；写原文的要写是哪一部分。")
    return Remark(text.strip(), NoticeKind(kind), tuple(dict.fromkeys(cells)), part, words, start)


def _text(entry: Mapping[str, Any], key: str, which: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise RemarksError(f"{which}的“{key}”应为文字。")
    return value.encode("utf-8", "replace").decode("utf-8")


def _due(document: Mapping[str, Any]) -> str:
    written = _text(document, "due", "意见文件")
    try:
        return dt.date.fromisoformat(written).isoformat() if written else ""
    except ValueError as error:
        raise RemarksError("意见文件的“due”应为日期，如 2026-01-15。") from error
