"""How much of a clipboard is looked at, told by counting, before any of it is taken apart.

Whole columns of a spreadsheet are a million rows, most of them blank: the blank end is cut off. What is still far
more than a table of a form can hold is refused, since the window waits while it is read.
"""

from __future__ import annotations

from dataclasses import replace

from reportdesk.form.layout import lay_out
from reportdesk.form.spec import Table
from reportdesk.session.clipboard.clip import Clip

MAX_ROWS = 500
"""Rows, or four times those of a table that has many; the largest of the forms has 28."""
MAX_COLUMNS = 200
MAX_CHARACTERS = 200_000
"""Of the text, its blank end cut off; 表三 with its labels has a thousand."""
_MAX_PAGE_CELLS = 10_000
_SIGNS_OF_LINES = str.maketrans({"\r": "\n"})


class TooMuchError(ValueError):
    """The clipboard has far more than the table holds; the message is for the clerk."""


def limit_clip(clip: Clip, table: Table) -> Clip:
    """The clipboard without the blank end of a long text, and without a page that is too long to be read.

    Raises:
        TooMuchError: if the text is still too long.
    """
    height = max(cell.row + cell.row_span for cell in lay_out(table).cells)
    rows = max(MAX_ROWS, 4 * height)
    text = clip.text
    if _count_lines(text) > rows:
        text = _without_blank_end(text)
    says = _excess(text, rows)
    if says:
        raise TooMuchError(
            f"没有粘贴：剪贴板里有 {says}，{table.name}只有 {height} 行。请只复制要填的行和列，再粘贴。"
        )
    page = clip.html.lower()
    is_long = page.count("<tr") > rows or page.count("<td") + page.count("<th") > _MAX_PAGE_CELLS
    return replace(clip, text=text, html="" if is_long else clip.html)


def _count_lines(text: str) -> int:
    return max(text.count("\n"), text.count("\r")) + 1


def _without_blank_end(text: str) -> str:
    """The lines up to the last that has more than blanks; that one is kept whole."""
    filled = len(text.rstrip())
    rest = text[filled:].translate(_SIGNS_OF_LINES)
    return text[: filled + len(rest.partition("\n")[0])] if filled else ""


def _excess(text: str, rows: int) -> str:
    """What there is too much of; empty if nothing."""
    lines = _count_lines(text.removesuffix("\n"))
    if lines > rows:
        return f"{lines} 行"
    if len(text) > MAX_CHARACTERS:
        return f"{len(text)} 个字符"
    columns = max(line.count("\t") for line in text.split("\n")) + 1
    return f"{columns} 列" if columns > MAX_COLUMNS else ""
