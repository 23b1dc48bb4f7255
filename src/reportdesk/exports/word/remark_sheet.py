"""退回意见 as a Word sheet, for units without the program: number, place, what stands there, what is said."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx

from reportdesk.exports import style
from reportdesk.exports.archive import undated
from reportdesk.exports.word.page import set_up_page
from reportdesk.exports.word.styles import (
    BODY,
    TABLE,
    TITLE,
    clear_base,
    table_styles,
    write_font_table,
    write_settings,
    write_styles,
)
from reportdesk.exports.word.word_xml import Element, paragraph, run, twips, w
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.records import Notice, NoticeKind
from reportdesk.report.returned.return_file import Returned

_HEAD = ("序号", "位置", "现在的数", "意见")
_SHARES = (0.08, 0.34, 0.16, 0.42)
_SIZE = 10.5
_PADDING = 4.0
"""Points between a column's line and its text."""


def render_remark_sheet(form: Form, returned: Returned) -> bytes:
    """The remarks of the return as a .docx file; the same return gives the same bytes."""
    document = docx.Document()
    clear_base(document)
    write_styles(document, (_SIZE,))
    write_settings(document)
    write_font_table(document)
    set_up_page(document)
    page = document.element.body[-1]
    for element in _body(form, returned):
        page.addprevious(element)
    root = document.core_properties._element  # noqa: SLF001 - python-docx can set properties, not take them out
    for child in list(root):
        root.remove(child)
    document.core_properties.title = f"{returned.unit}{returned.year}年度报告退回意见"
    written = io.BytesIO()
    document.save(written)
    return undated(written)


def _body(form: Form, returned: Returned) -> Iterator[Element]:
    yield paragraph(TITLE, run("退回意见"))
    yield paragraph(BODY, run(returned.says))
    if returned.reason:
        yield paragraph(BODY, run(f"原因：{returned.reason}"))
    if returned.code:
        yield paragraph(BODY, run(f"退回的那一份核对码 {returned.code}。"))
    yield _table(form, returned)
    yield paragraph(BODY, run("内部资料，不得公开。"))


def _table(form: Form, returned: Returned) -> Element:
    widths = [round(share * twips(style.TYPE_WIDTH)) for share in _SHARES]
    rows = [_row(_HEAD, widths, is_head=True)]
    rows += [
        _row((str(number), _place(form, one), _figures(form, one), _said(one)), widths)
        for number, one in enumerate(returned.notices.values(), 1)
    ]
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=TABLE),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=twips(_PADDING), type="dxa") for side in ("left", "right"))),
            w("tblCaption", val="退回意见"),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *rows,
    )


def _row(texts: tuple[str, ...], widths: list[int], *, is_head: bool = False) -> Element:
    styles = table_styles(_SIZE)
    look = styles.head if is_head else styles.label
    cells = [
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa")),
            *(paragraph(look, run(line)) for line in text.split("\n")),
        )
        for text, width in zip(texts, widths, strict=True)
    ]
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if is_head else None), *cells)


def _cells(form: Form, notice: Notice) -> dict[CellRef, str]:
    objected = {notice.place: notice.objected, **notice.also}
    return {ref: objected[str(ref)] for ref in form.kind_of if str(ref) in objected}


def _place(form: Form, notice: Notice) -> str:
    if cells := _cells(form, notice):
        return _numbered([form.name_of(ref) for ref in cells])
    if notice.place not in form.parts:
        return "整份年报"
    part = form.parts[notice.place]
    heading = part.heading or form.section_of[part.id].title
    return f"{heading}\n“{notice.words}”" if notice.words else heading


def _figures(form: Form, notice: Notice) -> str:
    figures = [written or "未填" for written in _cells(form, notice).values()]
    return _numbered(figures) if figures else ""


def _numbered(lines: list[str]) -> str:
    """Several lines each with its number, for names take more lines than figures."""
    return lines[0] if len(lines) == 1 else "\n".join(f"({n}) {line}" for n, line in enumerate(lines, 1))


def _said(notice: Notice) -> str:
    kind = NoticeKind(notice.kind).says if notice.kind in set(NoticeKind) else "意见"
    return f"（{kind}）{notice.text}"
