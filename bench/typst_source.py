"""The report as Typst markup: the same text, tables and page as our PDF, for the peer of the bench."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from reportdesk.exports import style
from reportdesk.exports.blocks import (
    Block,
    Closing,
    Paragraph,
    PartHeading,
    SectionHeading,
    TableBlock,
    Title,
)
from reportdesk.form.layout import Anatomy

_TITLE = '"Noto Serif SC"'
_HEI = '"Noto Sans SC"'
_KAI = '("Liberation Serif", "ReportDesk Kai")'
_FANGSONG = '("Liberation Serif", "Zhuque Fangsong (technical preview)", "Noto Serif SC")'
_SONG = '("Liberation Serif", "Noto Serif SC")'

_PREAMBLE = f"""
#set page(width: 210mm, height: 297mm, numbering: "— 1 —",
  margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm))
#set text(font: {_FANGSONG}, size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 12.95pt, spacing: 12.95pt, first-line-indent: (amount: 2em, all: true))
"""


def typst_source(blocks: Iterable[Block]) -> str:
    """The markup of the whole report."""
    return _PREAMBLE + "\n\n".join(markup for block in blocks for markup in _markup(block))


def _markup(block: Block) -> Iterator[str]:
    match block:
        case Title(lines):
            text = " \\ ".join(_text(line) for line in lines)
            yield f'#align(center, text(font: {_TITLE}, weight: "bold", size: 22pt)[{text}])'
        case SectionHeading(text=text):
            yield f'#text(font: {_HEI}, weight: "bold")[{_text(text)}]'
        case PartHeading(text=text):
            yield f"#text(font: {_KAI})[{_text(text)}]"
        case Paragraph(run_in=run_in, text=text):
            heading = f"#text(font: {_KAI})[{_text(run_in)}]" if run_in else ""
            yield heading + _text(text)
        case TableBlock():
            yield _table(block)
        case Closing(unit, date):
            yield f"#align(right)[{_text(unit)} \\ {_text(date)}]"


def _table(block: TableBlock) -> str:
    columns = ", ".join(f"{share * 156:.4f}mm" for share in block.layout.widths)
    cells = []
    for cell in block.layout.cells:
        text = block.text_of(cell)
        fill = f', fill: rgb("#{style.BANNER_COLOUR}")' if cell.anatomy is Anatomy.BANNER else ""
        left = cell.anatomy in (Anatomy.BANNER, Anatomy.STUB, Anatomy.STUBHEAD)
        cells.append(
            f"table.cell(x: {cell.column}, y: {cell.row}, colspan: {cell.column_span}, "
            f"rowspan: {cell.row_span}, align: {'left' if left else 'center'} + horizon{fill})[{_text(text)}]"
        )
    return (
        f"#[#set text(font: {_SONG}, size: {block.table.text_size}pt)\n"
        f"#set par(justify: false, leading: 3pt, first-line-indent: 0pt)\n"
        f"#table(columns: ({columns}), inset: 2pt, stroke: {style.HAIRLINE}pt,\n" + ",\n".join(cells) + ")]"
    )


def _text(words: str) -> str:
    """The words as they are: a string in Typst's code, so that no sign in them means anything."""
    return f"#{json.dumps(words, ensure_ascii=False)}"
