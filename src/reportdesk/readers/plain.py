"""Reads plain text: a paragraph for each line, and lines parted by tabs as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reportdesk.readers.charsets import decode
from reportdesk.readers.gathering import within_limits
from reportdesk.readers.limits import MAX_PAGE
from reportdesk.readers.refusals import too_large
from reportdesk.readers.visible import Seen, Visible, VisibleCell, VisibleParagraph, VisibleTable

_FEWEST_ROWS = 2


def read_plain(content: bytes) -> Seen:
    """All that a text file shows.

    Raises:
        UnreadableError: it is larger than any report.
    """
    if len(content) > MAX_PAGE:
        raise too_large("文本文件")
    lines = decode(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Seen(within_limits(_visible(lines)))


def _visible(lines: Sequence[str]) -> Iterator[Visible]:
    for tabbed, together in groupby(lines, key=lambda line: "\t" in line.strip(" \u3000")):
        rows = list(together)
        if tabbed and len(rows) >= _FEWEST_ROWS:
            yield VisibleTable(
                tuple(
                    VisibleCell(text.strip(), row, column)
                    for row, line in enumerate(rows)
                    for column, text in enumerate(line.split("\t"))
                )
            )
        else:
            yield from (VisibleParagraph(line) for line in rows if line.strip())
