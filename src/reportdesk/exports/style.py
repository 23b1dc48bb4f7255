"""The official look as data: page, faces, sizes and colour (GB/T 9704-2012 and the form itself).

Every export reads these; none of them draws anything here. Lengths of the page are in
millimetres, sizes of type in points.
"""

from __future__ import annotations

from enum import StrEnum

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
MARGIN_TOP = 37.0
MARGIN_LEFT = 28.0
MARGIN_RIGHT = 26.0
MARGIN_BOTTOM = 35.0
PAGE_NUMBER_DROP = 7.0
"""From the foot of the type area down to the page number."""

TITLE_SIZE = 22.0
BODY_SIZE = 16.0
PAGE_NUMBER_SIZE = 14.0

BANNER_FILL = "C6D9F1"


class Face(StrEnum):
    """The faces that the standard asks for, by the name under which Windows knows them."""

    TITLE = "方正小标宋简体"
    HEI = "黑体"
    KAI = "楷体_GB2312"
    FANGSONG = "仿宋_GB2312"
    SONG = "宋体"
    LATIN = "Times New Roman"
