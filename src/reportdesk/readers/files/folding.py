"""Folds the signs of a file that look like characters and are none, before anything of it is recognised.

Labels match and prose is found only after that; one sentence says how many there were.
"""

from __future__ import annotations

from dataclasses import replace

from reportdesk.readers.files.visible import Seen, Visible, VisibleParagraph
from reportdesk.report.text.characters import fold, says_folded

_TURNING = ("\u202d", "\u202e")
"""Signs after which a text is shown in one direction, whatever it is: 21 is then seen as 12."""
_IS_TURNED = "这一格里有改变文字方向的符号，看到的次序和存的不一样，请对照原文件核对"


def _turns(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in _TURNING)


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
        if any(_turns(cell.text) for cell in visible.cells):
            told = (one._replace(doubt=_IS_TURNED) if _turns(one.text) else one for one in visible.cells)
            visible = replace(visible, cells=tuple(told))
        texts = [plain(cell.text) for cell in visible.cells]
        if all(text == cell.text for text, cell in zip(texts, visible.cells, strict=True)):
            return visible
        cells = (cell._replace(text=text) for text, cell in zip(texts, visible.cells, strict=True))
        return replace(visible, cells=tuple(cells))

    contents = tuple(map(each, seen.contents))
    said = says_folded(count)
    return replace(seen, contents=contents, passed_over=(*seen.passed_over, *([said] if said else [])))
