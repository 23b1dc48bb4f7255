"""Folds the signs of a file that look like characters and are none, before anything of it is recognised.

Labels match and prose is found only after that; one sentence says how many there were.
"""

from __future__ import annotations

from dataclasses import replace

from reportdesk.readers.visible import Seen, Visible, VisibleParagraph
from reportdesk.report.characters import fold, says_folded


def folded(seen: Seen) -> Seen:
    """The same with every odd sign as the character that it certainly is."""
    count = 0

    def plain(text: str) -> str:
        nonlocal count
        result = fold(text)
        count += result.replaced
        return result.text

    def each(visible: Visible) -> Visible:
        if isinstance(visible, VisibleParagraph):
            text = plain(visible.text)
            return visible if text == visible.text else replace(visible, text=text)
        texts = [plain(cell.text) for cell in visible.cells]
        if all(text == cell.text for text, cell in zip(texts, visible.cells, strict=True)):
            return visible
        cells = (cell._replace(text=text) for text, cell in zip(texts, visible.cells, strict=True))
        return replace(visible, cells=tuple(cells))

    contents = tuple(map(each, seen.contents))
    said = says_folded(count)
    return replace(seen, contents=contents, passed_over=(*seen.passed_over, *([said] if said else [])))
