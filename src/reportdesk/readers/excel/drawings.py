"""What lies over the cells of a sheet: text boxes, shapes and pictures, which hide or replace what is below them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportdesk.readers.files.safe_xml import named, parse_part
from reportdesk.readers.files.safe_zip import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = tuple[int, int]
IS_COVERED = "这一格上面盖着文本框、图形或者图片，看到的可能不是格子里的数字，请对照原文件核对"
_MOST_ROWS, _MOST_COLUMNS = 60, 60
"""Of what lies over cells; the ground of a whole sheet is none."""
_ROW, _COLUMN = 190_500, 609_600
"""Height of a usual row and width of a usual column, in the units of drawings (914,400 an inch)."""
_INTO, _PAST = 0.7, 0.3
"""A row or column of which less than three tenths is covered is not."""


def covered_places(archive: Archive, part: str) -> frozenset[Place]:
    """The cells of the sheet in that part that something lies over."""
    relations = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
    if relations not in archive:
        return frozenset()
    covered: set[Place] = set()
    for relation in parse_part(archive.read(relations)):
        if not str(relation.get("Type", "")).endswith("/drawing"):
            continue
        target = relation.get("Target", "")
        drawing = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
        )
        if drawing in archive:
            covered.update(_covered(parse_part(archive.read(drawing))))
    return frozenset(covered)


def _covered(root: _Element) -> Iterator[Place]:
    for anchor in (*named(root, "twoCellAnchor"), *named(root, "oneCellAnchor")):
        begin, end = anchor.find("{*}from"), anchor.find("{*}to")
        if begin is None or not _hides(anchor):
            continue
        top, left, down, across = _corner(begin)
        below, beyond, past_row, past_column = (top, left, _ROW, _COLUMN) if end is None else _corner(end)
        yield from area_covered(
            (top, left, down / _ROW, across / _COLUMN),
            (below, beyond, past_row / _ROW, past_column / _COLUMN),
        )


def area_covered(begin: tuple[int, int, float, float], end: tuple[int, int, float, float]) -> Iterator[Place]:
    """The cells between two corners: row and column, and which share of it is left of or above the corner."""
    first_row, first_column = begin[0] + (begin[2] > _INTO), begin[1] + (begin[3] > _INTO)
    last_row, last_column = end[0] - (end[2] < _PAST), end[1] - (end[3] < _PAST)
    if last_row - first_row < _MOST_ROWS and last_column - first_column < _MOST_COLUMNS:
        for row in range(first_row, last_row + 1):
            yield from ((row, column) for column in range(first_column, last_column + 1))


def _hides(anchor: _Element) -> bool:
    """Whether it is more than an empty frame or a chart, which stands beside the tables."""
    if next(named(anchor, "graphicFrame"), None) is not None:
        return False
    if any(next(named(anchor, kind), None) is not None for kind in ("pic", "cxnSp")) or any(
        one.text for one in named(anchor, "t")
    ):
        return True
    filled = next(named(anchor, "spPr"), None)
    return filled is None or filled.find("{*}noFill") is None


def _corner(element: _Element) -> tuple[int, int, int, int]:
    row, column, down, across = (_whole(element, name) for name in ("row", "col", "rowOff", "colOff"))
    return row, column, down, across


def _whole(element: _Element, name: str) -> int:
    found = element.find(f"{{*}}{name}")
    written = "" if found is None else (found.text or "").strip()
    return int(written) if written.isdecimal() and len(written) < 10 else 0  # noqa: PLR2004 - no sheet is so large
