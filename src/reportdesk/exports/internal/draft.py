"""送审稿 and 修改对照单: the report on paper for a leader's pen, and what changed since the last one.

The draft's pages are those of the published PDF, smaller: line by line and page by page the same,
with numbered lines and a wide margin, so that "第 3 页第 7 行" means the same on both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reportdesk.exports import style
from reportdesk.exports.blocks import clean, report_blocks, title_in_a_line
from reportdesk.exports.internal.layout import (
    HEADING,
    SMALL,
    TITLE,
    AnyInk,
    Cell,
    Grid,
    Paper,
    Piece,
    Words,
    head_ink,
    internal_typesetter,
    render_paper,
    write_paper,
)
from reportdesk.exports.pdf.pages import Page, lay_pages
from reportdesk.exports.pdf.tables import Fill, Rule
from reportdesk.exports.structure import Artifact, Marked, mark_line
from reportdesk.exports.typesetting.fonts import FontResolver
from reportdesk.exports.typesetting.linebreak import break_lines
from reportdesk.exports.typesetting.typeset import ASCENT, DrawOp, GlyphRun, MissingMark, Typesetter
from reportdesk.form.spec import Form
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Report
from reportdesk.report.own_files import CHANGES_SHEET, DRAFT
from reportdesk.report.print_changes import Changes, FigureChange, Rewording, compare, name_figure
from reportdesk.report.text.days import spell_moment
from reportdesk.report.text.figures import tell_figure
from reportdesk.report.text.word_changes import mark_changes

SCALE = 0.86
"""How much smaller the pages are: the margin grows to 48 mm, type stays above 13 pt."""
_HEAD = -48.0
_NUMBERS_LEFT = -20.0
_MARK = f"内部　{DRAFT}"


@dataclass(frozen=True, slots=True)
class Sending:
    """Which draft it is, counted from 1, and when it was printed."""

    number: int
    at: dt.datetime

    @property
    def says(self) -> str:
        """第 2 稿 2025年1月9日 10:32."""
        return f"第 {self.number} 稿　{spell_moment(self.at)}"


def render_draft(form: Form, report: Report, sending: Sending, faces: FontResolver | None = None) -> bytes:
    """The 送审稿 as PDF: page by page the published one, with lines numbered and a wide margin."""
    typesetter = internal_typesetter(faces)
    laid = lay_pages(report_blocks(form, report), typesetter)
    right = f"{spell_moment(sending.at)} 打印　核对码 {check_code(form, report)}"
    pages = []
    for page in laid.pages:
        smaller = Page([(top * SCALE, tuple(map(_smaller, ink))) for top, ink in page.ink])
        smaller.ink.append((_HEAD, head_ink(f"{_MARK}第 {sending.number} 稿", right, typesetter)))
        smaller.ink.append((0.0, tuple(_line_numbers(typesetter))))
        pages.append(smaller)
    title = f"{DRAFT}（第 {sending.number} 稿）{title_in_a_line(form, report)}"
    return write_paper(pages, laid.document, title, typesetter)


def _smaller(ink: AnyInk) -> AnyInk:
    match ink:
        case Marked():
            return replace(ink, ink=tuple(map(_smaller_text, ink.ink)))
        case Rule():
            return Rule(ink.x0 * SCALE, ink.y0 * SCALE, ink.x1 * SCALE, ink.y1 * SCALE)
        case Fill():
            return Fill(ink.x * SCALE, ink.y * SCALE, ink.width * SCALE, ink.height * SCALE)


def _smaller_text(ink: DrawOp) -> DrawOp:
    match ink:
        case GlyphRun():
            return replace(
                ink, x=ink.x * SCALE, y=ink.y * SCALE, size=ink.size * SCALE, spacing=ink.spacing * SCALE
            )
        case MissingMark():
            return replace(ink, x=ink.x * SCALE, y=ink.y * SCALE, size=ink.size * SCALE)


def _line_numbers(typesetter: Typesetter) -> Iterator[AnyInk]:
    """The page's 22 lines by number; in tables, whose rows keep no grid, they serve as a scale."""
    for number in range(1, style.LINES + 1):
        text = typesetter.set_text((str(number), SMALL), where="")
        middle = (number - 0.5) * style.LINE_PITCH * SCALE
        for line in break_lines(text.text, text.widths, style.TYPE_WIDTH, cell=SMALL.pitch):
            left = _NUMBERS_LEFT + SMALL.size - text.width
            yield mark_line(text, line, Artifact.LAYOUT, left, middle + (ASCENT - 0.5) * SMALL.size)


def render_changes(
    form: Form,
    before: Report,
    after: Report,
    sendings: tuple[Sending, Sending],
    faces: FontResolver | None = None,
) -> bytes:
    """The 修改对照单 as PDF: what the second of two drafts prints otherwise than the first."""
    old, new = sendings
    code = check_code(form, after)
    pieces = (
        Words(CHANGES_SHEET, TITLE, centred=True),
        Words(title_in_a_line(form, after) or "（没有标题）", centred=True, above=4.0),
        Words(f"原稿：{old.says}（核对码 {check_code(form, before)}）", SMALL, centred=True, above=2.0),
        Words(f"现稿：{new.says}（核对码 {code}）", SMALL, centred=True),
        *_pieces(form, compare(form, before, after), old, new),
    )
    head = f"内部　{CHANGES_SHEET}　第 {old.number} 稿 → 第 {new.number} 稿"
    return render_paper(
        Paper(f"{CHANGES_SHEET}（第 {new.number} 稿）", head, f"核对码 {code}", pieces), faces
    )


def _pieces(form: Form, changes: Changes, old: Sending, new: Sending) -> Iterator[Piece]:
    if not changes:
        yield Words("两稿印出来的内容完全相同。", above=14.0)
    heads = (f"第 {old.number} 稿", f"第 {new.number} 稿")
    numerals = iter("一二")
    if changes.figures:
        title = f"{next(numerals)}、数字（{len(changes.figures)} 处；合计随之变动，不再列出）"
        yield Words(title, HEADING, above=14.0, kept=True)
        yield Grid((9, 2, 2), ("位置", *heads), tuple(_figure_rows(form, changes.figures)))
    if changes.rewordings:
        title = f"{next(numerals)}、文字（{len(changes.rewordings)} 处）"
        yield Words(title, HEADING, above=14.0, kept=True)
        yield Words("删去的字划掉，加上的字加粗并加下划线；没有改的用“…”略去。", SMALL, kept=True)
        rows = tuple(_rewording_row(one) for one in changes.rewordings)
        yield Grid((3, 5, 5), ("位置", *heads), rows, named=True)


def _rewording_row(change: Rewording) -> tuple[Cell, ...]:
    if change.is_remark:
        return (Cell(change.where), Cell(change.before), Cell(change.after))
    before, after = mark_changes(clean(change.before), clean(change.after))
    return (
        Cell(change.where),
        Cell(marked=before) if before else Cell("（无）"),
        Cell(marked=after) if after else Cell("（删去）"),
    )


def _figure_rows(form: Form, figures: Iterable[FigureChange]) -> Iterator[tuple[Cell, ...]]:
    for change in figures:
        yield (
            Cell(name_figure(form, change)),
            Cell(tell_figure(change.before), centred=True),
            Cell(tell_figure(change.after), centred=True),
        )
