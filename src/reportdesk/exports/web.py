"""The report for the unit's website: a fragment of HTML, the same as a page, and as plain text.

A website's editor takes a fragment, by the clipboard, and strips classes, style sheets and
scripts: so every element carries its own style, and tables are real ones with spans. A file
needs a page around the fragment: without its charset a browser on a Chinese PC takes UTF-8
for GBK.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from reportdesk import __version__
from reportdesk.exports import style
from reportdesk.exports.blocks import (
    Block,
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
    report_blocks,
    title_in_a_line,
)
from reportdesk.exports.style import Face, TextStyle
from reportdesk.exports.xml_text import legal_text
from reportdesk.form.layout import Anatomy, LaidCell
from reportdesk.form.spec import Form
from reportdesk.report.document import Report
from reportdesk.report.identity import identity_of

_INDENT = "　　"
_LEADING = 1.8
"""A line's pitch in sizes, which is what the paper's 28.95 points are to its 16."""

_STAND_INS = {
    Face.TITLE: "方正小标宋简体,华文中宋,STZhongsong,SimSun,serif",
    Face.HEI: "黑体,SimHei,sans-serif",
    Face.KAI: "楷体_GB2312,楷体,KaiTi,serif",
    Face.FANGSONG: "仿宋_GB2312,仿宋,FangSong,serif",
    Face.SONG: "宋体,SimSun,serif",
}
"""The Chinese face stands before any Latin one: “ ” … — are in both, and look wrong in that."""

_SCOPES = {
    Anatomy.BANNER: "rowgroup",
    Anatomy.SPANNER: "colgroup",
    Anatomy.COLUMN_LABEL: "col",
    Anatomy.STUBHEAD: "col",
    Anatomy.STUB: "row",
}
"""What a heading cell heads, for those who hear the page read."""
_LEFT = (Anatomy.BANNER, Anatomy.STUB)


def render_web(form: Form, report: Report) -> str:
    """The report as a fragment of HTML, to be put into a page of the website."""
    return "\n".join(piece for block in report_blocks(form, report) for piece in _fragment(block)) + "\n"


def render_page(form: Form, report: Report) -> str:
    """The fragment with as little of a page around it as a file of its own needs."""
    title = title_in_a_line(form, report)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="年报台 {__version__}">\n'
        f'<meta name="keywords" content="{_escaped(identity_of(form, report).words)}">\n'
        f"<title>{_escaped(title)}</title>\n</head>\n<body>\n{render_web(form, report)}</body>\n</html>\n"
    )


def render_text(form: Form, report: Report) -> str:
    """The report as plain text: paragraphs indented, a table's cells parted by tabs.

    The text of a cell that spans others stands in the first of its places.
    """
    return "".join(f"{line}\n" for block in report_blocks(form, report) for line in _text_lines(block))


def _fragment(block: Block) -> Iterator[str]:
    match block:
        case Title():
            lines = "<br>".join(map(_escaped, block.lines))
            yield _element("h1", lines, _look(style.TITLE), "text-align:center;margin:1em 0")
        case SectionHeading():
            yield _heading("h2", block.text, style.SECTION_HEADING)
        case PartHeading():
            yield _heading("h3", block.text, style.PART_HEADING)
        case Paragraph():
            yield _paragraph(block)
        case TableBlock():
            yield from _table(block)
        case Closing():
            lines = "<br>".join(_escaped(text) for text in (block.unit, block.date) if text)
            yield _element("p", lines, _look(style.BODY), "text-align:right;margin:1em 4em 0 0")


def _heading(tag: str, text: str, look: TextStyle) -> str:
    return _element(tag, _escaped(text), _look(look), "text-indent:2em;margin:0")


def _paragraph(block: Paragraph) -> str:
    head = ""
    if block.run_in:
        head = _element("span", _escaped(block.run_in), f"font-family:{_STAND_INS[style.PART_HEADING.face]}")
    layout = "text-indent:2em;text-align:justify;overflow-wrap:anywhere;margin:0"
    return _element("p", head + _escaped(block.text), _look(style.BODY), layout)


def _table(block: TableBlock) -> Iterator[str]:
    """A table as wide as the page, but no narrower than on paper: a phone scrolls it."""
    layout = block.layout
    yield '<div style="overflow-x:auto;margin:0.5em 0">'
    look = (
        f"width:100%;min-width:{style.TYPE_WIDTH:.0f}pt;table-layout:fixed;border-collapse:collapse;overflow-wrap:anywhere;"
        f"font-family:{_STAND_INS[Face.SONG]};font-size:{block.table.text_size:g}pt;"
        f"line-height:{style.CELL_LEADING};color:#000"
    )
    yield f'<table style="{look}">'
    columns = "".join(f'<col style="width:{100 * share:.2f}%">' for share in layout.widths)
    yield f"<colgroup>{columns}</colgroup>"
    if layout.head_rows:
        yield "<thead>"
    else:
        yield "<tbody>"
    for row in range(layout.row_count):
        if row and row == layout.head_rows:
            yield "</thead>"
            yield "<tbody>"
        cells = "".join(_cell(cell, block) for cell in _beginning(block, row))
        yield f'<tr style="height:{block.table.row_height:g}pt">{cells}</tr>'
    yield "</tbody>"
    yield "</table>"
    yield "</div>"


def _beginning(block: TableBlock, row: int) -> list[LaidCell]:
    """The cells that begin in the row, from the left."""
    cells = [cell for cell in block.layout.cells if cell.row == row]
    return sorted(cells, key=lambda cell: cell.column)


def _cell(cell: LaidCell, block: TableBlock) -> str:
    scope = _SCOPES.get(cell.anatomy)
    tag = "th" if scope else "td"
    attributes = f' scope="{scope}"' if scope else ""
    if cell.row_span > 1:
        attributes += f' rowspan="{cell.row_span}"'
    if cell.column_span > 1:
        attributes += f' colspan="{cell.column_span}"'
    look = ["border:1px solid #000", f"padding:2pt {style.CELL_PADDING}em", "vertical-align:middle"]
    look += ["text-align:left" if cell.anatomy in _LEFT else "text-align:center"]
    if scope:
        look.append("font-weight:normal")
    if cell.anatomy is Anatomy.BANNER:
        look.append(f"background-color:#{style.BANNER_COLOUR}")
    return f'<{tag}{attributes} style="{";".join(look)}">{_escaped(block.text_of(cell))}</{tag}>'


def _look(look: TextStyle) -> str:
    face = _STAND_INS[look.face]
    return (
        f"font-family:{face};font-size:{look.size:g}pt;font-weight:normal;line-height:{_LEADING};color:#000"
    )


def _element(tag: str, content: str, *look: str) -> str:
    return f'<{tag} style="{";".join(look)}">{content}</{tag}>'


def _escaped(text: str) -> str:
    return escape(legal_text(text))


def _text_lines(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield from map(legal_text, block.lines)
            yield ""
        case SectionHeading() | PartHeading():
            yield _INDENT + legal_text(block.text)
        case Paragraph():
            yield _INDENT + legal_text(block.run_in + block.text)
        case TableBlock():
            for row in range(block.layout.row_count):
                yield "\t".join(_row_words(block, row))
        case Closing():
            yield ""
            yield from (legal_text(text) for text in (block.unit, block.date) if text)


def _row_words(block: TableBlock, row: int) -> Iterator[str]:
    for column in range(block.layout.column_count):
        cell = block.layout.covering[row, column]
        begins = (cell.row, cell.column) == (row, column)
        yield legal_text(block.text_of(cell)) if begins else ""
