"""What a scan that is to be handed in looks like: how many pages, whether one is blank, whose report it is.

Only what can be told is said, and it hinders nobody. A scan that is nothing but pictures names no unit, and then
nothing is said of it; the text that a scanner's own recognition wrote has slips, so that a name is only told to
be missing, or to be quite another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 60
"""So many pages are looked at."""
_SIDE = 240
"""Pixels of the longer side that a page is looked at in."""
_EDGE = 0.04
"""How much of a page's sides is passed over: a scanner draws its shadow there."""
_CONTRAST = 40
"""How much darker than the page's ground, of 255, what is drawn on it is."""
_LEAST_DRAWN = 0.0004
"""The part of a page that has to be dark: a page number alone is less, a line of text more."""
_LEAST_TEXT = 30
"""Characters that a scan has to have for its words to count."""
_MOST_NAMED = 5
_ALIKE = 0.5
_KIND = re.compile("人民政府|街道办事处|办事处|街道|[镇乡]")
"""What many units' names have in common."""
_LONGEST_NAME = 40
_BROKEN = "扫描件打不开，可能已损坏，或者加了密码。请打开看一看，重新扫描。"


@dataclass(frozen=True, slots=True)
class ScanLook:
    """How many pages a scan has, 0 if it cannot be opened, and what a clerk should know of it, in sentences."""

    pages: int
    cautions: tuple[str, ...] = ()


def look_at_scan(content: bytes, form: Form, report: Report) -> ScanLook:
    """What is seen of that PDF, which is to be handed in with the report."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return ScanLook(0, (_BROKEN,))
    try:
        count = len(document)
        blank, text = _read(document, min(count, MAX_PAGES))
    except pypdfium2.PdfiumError:
        return ScanLook(0, (_BROKEN,))
    finally:
        document.close()
    if not count:
        return ScanLook(0, (_BROKEN,))
    return ScanLook(count, (*_about_blanks(blank, count), *_about_words(text, form, report)))


def _read(document: pypdfium2.PdfDocument, count: int) -> tuple[list[int], str]:
    """The numbers of the pages on which nothing is seen, counted from 1, and the text of all without spaces."""
    blank, text = [], ""
    for number in range(count):
        page = document[number]
        try:
            if _is_blank(page):
                blank.append(number + 1)
            words = page.get_textpage()
            try:
                text += re.sub(r"\s+", "", words.get_text_range())
            finally:
                words.close()
        finally:
            page.close()
    return blank, text


def _is_blank(page: pypdfium2.PdfPage) -> bool:
    """Whether hardly a point of the page is darker than its ground, the edges left out."""
    bitmap = page.render(scale=_SIDE / max(*page.get_size(), 1.0), grayscale=True)
    try:
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        pixels = bytes(bitmap.buffer)
    finally:
        bitmap.close()
    left, above = round(width * _EDGE), round(height * _EDGE)
    inner = b"".join(
        pixels[row * stride + left : row * stride + width - left] for row in range(above, height - above)
    )
    if not inner:
        return False
    ground = sorted(inner)[len(inner) // 2]
    return sum(point < ground - _CONTRAST for point in inner) < _LEAST_DRAWN * len(inner)


def _about_blanks(blank: Sequence[int], count: int) -> Iterator[str]:
    if blank and len(blank) == min(count, MAX_PAGES):
        yield f"扫描件的 {count} 页看起来都是空白。请打开看一看，重新扫描。"
    elif blank:
        named = "、".join(map(str, blank[:_MOST_NAMED]))
        more = f"等 {len(blank)} 页" if len(blank) > _MOST_NAMED else "页"
        yield f"扫描件的第 {named} {more}看起来是空白。请看一看是不是扫反了面。"


def _about_words(text: str, form: Form, report: Report) -> Iterator[str]:
    """Whose the report is by its title, and whether the unit is named at all."""
    if len(text) < _LEAST_TEXT:
        return
    facts = report.facts
    given = (facts.get(Fact.FULL_NAME, ""), report.name_in_title(), facts.get(Fact.CLOSING_UNIT, ""))
    names = [name for one in given if (name := re.sub(r"\s+", "", one))]
    title = re.search(
        rf"(.{{0,{_LONGEST_NAME}}}?)((?:19|20)[0-9]{{2}})年?度?{re.escape(form.report_name)}", text
    )
    whose = title[1] if title else ""
    if names and whose and not any(_is_like(whose, name) for name in names):
        yield f"扫描件的标题是“{title[0] if title else ''}”，不像是本单位“{names[0]}”的。请核对有没有拿错文件。"
    elif names and not any(name in text for name in names):
        yield (
            f"扫描件的文字里没有找到本单位的名称“{names[0]}”。请核对有没有拿错文件；"
            "只是扫描时文字认得不准的，不用管。"
        )
    if title and report.year and int(title[2]) != report.year:
        yield f"扫描件的标题写的是 {title[2]} 年，这份年报是 {report.year} 年的。请核对有没有拿错文件。"


def _is_like(whose: str, name: str) -> bool:
    """Whether the title names the unit: recognised letters may be wrong, and 县 or 市 stand before or not."""
    if name in whose or whose in name:
        return True
    one, other = (_KIND.sub("", words) for words in (whose, name))
    tail = one[-len(other) :]
    return max(SequenceMatcher(None, some, other, autojunk=False).ratio() for some in (one, tail)) >= _ALIKE
