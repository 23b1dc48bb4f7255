"""The report for the unit's website: a fragment of HTML, the same as a page, and as plain text.

A website's editor takes a fragment, by the clipboard, and strips classes, style sheets and
scripts, many an editor styles too: so every element carries its own style, tables are real ones
with spans, and their lines are attributes as well. A file needs a page around it: without its
charset a browser on a Chinese PC takes UTF-8 for GBK. There the heading over a table is its
caption, which an editor might throw away; so the fragment has it apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

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
from reportdesk.report.own_files import MADE_BY

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
    return "".join(f"{piece}\n" for piece in _pieces(report_blocks(form, report)))


def render_page(form: Form, report: Report) -> str:
    """The report as a page of its own, with as little around it as a file needs; telephones show it at their width."""
    title = title_in_a_line(form, report)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{MADE_BY}">\n'
        f'<meta name="keywords" content="{_escaped(identity_of(form, report).words)}">\n'
        f"<title>{_escaped(title)}</title>\n</head>\n<body>\n<main>\n"
        + "".join(f"{piece}\n" for piece in _pieces(report_blocks(form, report), captioned=True))
        + "</main>\n</body>\n</html>\n"
    )


def render_text(form: Form, report: Report) -> str:
    """The report as plain text: paragraphs indented, a table's cells parted by tabs.

    The text of a cell that spans others stands in the first of its places.
    """
    return "".join(f"{line}\n" for block in report_blocks(form, report) for line in _text_lines(block))


def _pieces(blocks: Sequence[Block], *, captioned: bool = False) -> Iterator[str]:
    """The blocks as elements; ``captioned``: the heading that stands over a table is the table's caption."""
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, TableBlock):
            heading = before.text if isinstance(before, SectionHeading) else ""
            yield from _table(block, heading, is_caption=captioned and bool(heading))
        elif not (captioned and isinstance(block, SectionHeading) and isinstance(after, TableBlock)):
            yield _element_of(block)


def _element_of(block: Title | SectionHeading | PartHeading | Paragraph | Closing) -> str:
    match block:
        case Title():
            lines = "<br>".join(map(_escaped, block.lines))
            return _element("h1", lines, _look(style.TITLE), "text-align:center;margin:1em 0")
        case SectionHeading():
            return _heading("h2", block.text, style.SECTION_HEADING)
        case PartHeading():
            return _heading("h3", block.text, style.PART_HEADING)
        case Paragraph():
            return _paragraph(block)
        case Closing():
            lines = "<br>".join(_escaped(text) for text in (block.unit, block.date) if text)
            return _element("p", lines, _look(style.BODY), "text-align:right;margin:1em 4em 0 0")


def _heading(tag: str, text: str, look: TextStyle, *more: str) -> str:
    return _element(tag, _escaped(text), _look(look), "text-indent:2em;margin:0", *more)


def _paragraph(block: Paragraph) -> str:
    head = ""
    if block.run_in:
        head = _element("span", _escaped(block.run_in), f"font-family:{_STAND_INS[style.PART_HEADING.face]}")
    layout = "text-indent:2em;text-align:justify;overflow-wrap:anywhere;margin:0"
    return _element("p", head + _escaped(block.text), _look(style.BODY), layout)


def _table(block: TableBlock, heading: str, *, is_caption: bool) -> Iterator[str]:
    """A table as wide as the page, but no narrower than on paper: a phone scrolls it, and so do keys."""
    layout = block.layout
    name = _escaped(heading or block.table.name)
    yield f'<div role="region" aria-label="{name}" tabindex="0" style="overflow-x:auto;margin:0.5em 0">'
    look = (
        f"width:100%;min-width:{style.TYPE_WIDTH:.0f}pt;table-layout:fixed;border:1px solid #000;"
        "border-collapse:collapse;overflow-wrap:anywhere;"
        f"font-family:{_STAND_INS[Face.SONG]};font-size:{block.table.text_size:g}pt;"
        f"line-height:{style.CELL_LEADING};color:#000"
    )
    yield f'<table border="1" cellspacing="0" cellpadding="3" style="{look}">'
    if is_caption:
        seen = _heading("h2", heading, style.SECTION_HEADING, "max-width:calc(100vw - 3em)")
        yield f'<caption style="text-align:left">{seen}</caption>'
    columns = "".join(f'<col style="width:{100 * share:.2f}%">' for share in layout.widths)
    yield f"<colgroup>{columns}</colgroup>"
    yield from _groups(block)
    yield "</table>"
    yield "</div>"


def _groups(block: TableBlock) -> Iterator[str]:
    """The rows: the head, then a body for each banner, whose heading holds as far as that reaches."""
    layout = block.layout
    group = "thead" if layout.head_rows else "tbody"
    yield f"<{group}>"
    for row in range(layout.row_count):
        cells = _beginning(block, row)
        if row and (row == layout.head_rows or any(cell.anatomy is Anatomy.BANNER for cell in cells)):
            yield f"</{group}>"
            group = "tbody"
            yield f"<{group}>"
        inner = "".join(_cell(cell, block) for cell in cells)
        yield f'<tr style="height:{block.table.row_height:g}pt">{inner}</tr>'
    yield f"</{group}>"


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
        attributes += f' bgcolor="#{style.BANNER_COLOUR}"'
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
