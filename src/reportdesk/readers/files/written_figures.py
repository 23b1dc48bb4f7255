"""A number as a cell of any file shows it: a value, a blank that is no zero, or something doubtful."""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import NamedTuple

from reportdesk.form.spec import CellKind
from reportdesk.readers.files.reading_notes import shorten
from reportdesk.readers.files.superscripts import split_mark
from reportdesk.report.document import Value
from reportdesk.report.text.figures import MAX_DIGITS, FigureError, misfit, parse_figure, show_figure

_NOTHING = re.compile(r"[/／\\＼|—–―－\-﹣_＿*※.…\s]+|空|空白|未填|不涉及|[Nn][/.]?[Aa]\.?")
_NONE = re.compile(r"无|没有|未发生")
_COUNTERS = "件项条个次人起宗份"
_DIGITS = r"[0-9０-９][0-9０-９,，.．]*"
_PARTED = re.compile(r"[0-9０-９][,，.．]?\s+[,，.．]?[0-9０-９]")
"""Digits with a space or a line's end among them: one number or two, nobody knows."""
_SEVERAL = re.compile(rf"\s*{_DIGITS}(?:\s*[/／、;；|]\s*{_DIGITS})+\s*")
_ZERO = re.compile(rf"[零〇]\s*[{_COUNTERS}]?")
_LIKE_ZERO = re.compile("[OoＯｏ○◯Оо]+")
"""The letters that are typed for 0, the Greek and Cyrillic ones too, and circles."""
_FAULT = re.compile(
    r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA)"
    r"|Err:[0-9]{3}|#{2,}"
)
"""What a spreadsheet shows where a formula failed, or where a number is wider than its column."""
_ELSEWHERE = re.compile(
    r"[?？]+|[（(]?(?:详?见|另附|附后|同上|同左|待|暂|若干|约|[×xX*]{1,4}$).{0,12}|[一二三四五六七八九十百千万两]+"
)
"""What people write into a cell instead of a number, besides what stands for none."""
_FIGURE_LIKE = re.compile(
    rf"\s*[+\-−＋－]?\s*[.．]?[0-9０-９][0-9０-９,，.．\s]*\s*(?:[{_COUNTERS}]|[百千万亿]?元?|[%％‰])\s*"
)
_DIGIT = re.compile("[0-9０-９]")
_BARE_POINT = re.compile("(?<![0-9０-９])[.．]|[.．](?![0-9０-９])")
_COUNTED = re.compile(rf"(.*[0-9０-９])\s*([{_COUNTERS}])")
_MONEY = re.compile(r"(.*?[0-9０-９])\s*(亿元|亿|万元|万|千元|元)\s*")
_IN_WAN: dict[str, Decimal] = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万": Decimal(1),
    "亿": Decimal(10000),
    "亿元": Decimal(10000),
}


class Figure(NamedTuple):
    """``value`` is None where no number can be taken; ``doubt`` is then or besides why, else empty."""

    value: Value | None
    doubt: str = ""


@functools.lru_cache(maxsize=4096)
def looks_like_figure(text: str) -> bool:
    """Whether the text is nothing but a number, with or without its unit.

    Kept, since it is asked of each cell several times.
    """
    if text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS:
        return True  # as most cells are, and far faster told so
    if _DIGIT.search(text) is None:
        return False
    return _FIGURE_LIKE.fullmatch(split_mark(text)[0]) is not None or _SEVERAL.fullmatch(text) is not None


def stands_for_figure(text: str) -> bool:
    """Whether the text is a number or what people and programs put where one belongs: 零, 见附件, #REF!."""
    written = text.strip()
    others = (_ZERO, _LIKE_ZERO, _FAULT, _ELSEWHERE, _NONE)
    return looks_like_figure(written) or any(other.fullmatch(written) for other in others)


def _is_plain(text: str) -> bool:
    """Whether it is digits and nothing else, as most cells are; the rest is asked in detail."""
    return text.isdecimal() and text.isascii() and len(text) <= MAX_DIGITS


def is_blank(text: str) -> bool:
    """Whether the text stands for a cell that was not filled: nothing, 「/」, 「—」."""
    return not text.strip() or _NOTHING.fullmatch(text.strip()) is not None


def read_figure(text: str, kind: CellKind) -> Figure:
    """What a cell of the kind says. 「/」 and 无 are blank and not zero, and the clerk is told."""
    written = text.strip()
    if not written:
        return Figure(None)
    if _is_plain(written) and not kind.places:
        return Figure(int(written))
    if odd := _odd(written, kind):
        return odd
    bare, mark = split_mark(written)
    if mark and _FIGURE_LIKE.fullmatch(bare):
        figure = read_figure(bare, kind)
        return Figure(figure.value, figure.doubt or f"数字后面有标记“{mark}”，没有当作数字，请核对")
    try:
        return _with_bare_point(written, parse_figure(written.replace(" ", ""), kind))
    except FigureError:
        return _converted(written, kind) or _counted(written, kind) or _refused(written, kind)


def _with_bare_point(written: str, value: Value | None) -> Figure:
    """A point with no digit on one side may be the rest of a number that was cut, or of a label: it is told."""
    if value is None or not _BARE_POINT.search(written):
        return Figure(value)
    return Figure(value, f"写的是“{shorten(written)}”，按 {show_figure(value)} 读入，请核对")


def _odd(written: str, kind: CellKind) -> Figure | None:
    """What is told of a cell that shows no single number, though something like one."""
    shown = shorten(written)
    if _NOTHING.fullmatch(written) or _NONE.fullmatch(written):
        return Figure(None, f"写的是“{shown}”，不是数字，按空白读入")
    if _PARTED.search(written) or _SEVERAL.fullmatch(written):
        return Figure(None, f"写的是“{shown}”，分不清是一个数还是两个数，没有读入，请照原文件填写")
    if _ZERO.fullmatch(written):
        return Figure(parse_figure("0", kind), f"写的是“{shown}”，按 0 读入，请核对")
    if _LIKE_ZERO.fullmatch(written):
        return Figure(None, f"写的是“{shown}”，不是数字 0，没有读入，请照原文件填写")
    if _FAULT.fullmatch(written):
        return Figure(None, f"显示的是“{shown}”，是表格软件的出错标记，没有读入，请照原文件填写")
    return None


def _converted(written: str, kind: CellKind) -> Figure | None:
    """An amount in another unit than the form's, reckoned exactly."""
    match = _MONEY.fullmatch(written)
    if kind.unit != "万元" or not match or match[2] not in _IN_WAN:
        return None
    number = re.sub(r"[,，\s]", "", match[1])
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6})?", number):
        return None
    exact = Decimal(number) * _IN_WAN[match[2]]
    value = exact.normalize() if exact != exact.to_integral_value() else exact.quantize(Decimal(1))
    if misfit(value, kind):
        return None
    return Figure(value, f"写的是“{shorten(written)}”，换算为 {value:f} {kind.unit}")


def _counted(written: str, kind: CellKind) -> Figure | None:
    """A count with another word behind it than the form's, such as 12条 for 12件."""
    match = _COUNTED.fullmatch(written)
    if not match or match[2] == kind.unit or kind.unit not in _COUNTERS:
        return None
    try:
        value = parse_figure(match[1].replace(" ", ""), kind)
    except FigureError:
        return None
    return Figure(value, f"数字后面写的是“{match[2]}”，按“{kind.unit}”读入，请核对")


def _refused(written: str, kind: CellKind) -> Figure:
    try:
        parse_figure(written, kind)
    except FigureError as error:
        return Figure(None, f"没有读入：{error}")
    return Figure(None, f"写的是“{shorten(written)}”，没有读入")
