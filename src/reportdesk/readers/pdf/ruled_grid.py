"""Finds tables among a PDF page's ruled lines, and which cell a character stands in.

Lines are merged and made into cells by pdfplumber. Before that, what only shades text is left
out, and a table that a page's end cuts open gets the side that it lacks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportdesk.readers.pdf.page import Area, Box, Drawn, Stroke

_THIN = 3.0
"""A filled rectangle as thin as this, in points, is a line: so word processors draw borders."""
_NEAR = 3.0
"""Lines as near as this are one, as pdfplumber has it."""
_MOST_EDGES = 4_000
"""A page with more is a drawing."""
_MOST_CROSSINGS = 4_000
_FEWEST_CELLS = 4

_Edge = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table of ruled lines: its sides' places, and each cell's box by the first place it covers."""

    box: Box
    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    covering: Mapping[tuple[int, int], int]
    cells: tuple[tuple[int, int, int, int], ...]
    """Row, column, rows, columns."""

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is inside the table."""
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom

    def cell_at(self, x: float, y: float) -> int | None:
        """Which cell the point is in; None where the table has a hole."""
        place = bisect_right(self.tops, y) - 1, bisect_right(self.lefts, x) - 1
        return self.covering.get(place)

    def box_of(self, cell: int) -> Box:
        """The sides of a cell."""
        row, column, rows, columns = self.cells[cell]
        right, bottom = self.lefts[column + columns], self.tops[row + rows]
        return self.lefts[column], self.tops[row], right, bottom


def find_tables(drawn: Drawn, struck: Container[Stroke | Area] = ()) -> tuple[list[Ruled], bool]:
    """The page's tables from above, and whether there were too many lines to look for more.

    ``struck`` are lines that strike text out and rule no table.
    """
    from pdfplumber import table

    edges = list(_edges(drawn, struck))
    if len(edges) > _MOST_EDGES:
        return [], True
    edges = table.merge_edges(edges, _NEAR, _NEAR, _NEAR, _NEAR)
    edges += list(_missing_sides(edges))
    crossings = table.edges_to_intersections(edges, _NEAR, _NEAR)
    if len(crossings) > _MOST_CROSSINGS:
        return [], True
    groups = table.cells_to_tables(table.intersections_to_cells(crossings))
    ruled = [_ruled(group) for group in groups]
    return [found for found in ruled if len(found.cells) >= _FEWEST_CELLS and _columns(found) > 1], False


def _columns(ruled: Ruled) -> int:
    return len({column for _, column, _, _ in ruled.cells})


def _edges(drawn: Drawn, struck: Container[Stroke | Area]) -> Iterator[_Edge]:
    """The page's lines, upright and level ones; a filled area counts only where it is one."""
    for stroke in drawn.strokes:
        if stroke not in struck:
            is_level = stroke.right - stroke.left > stroke.bottom - stroke.top
            yield (
                _level(stroke.left, stroke.right, stroke.top)
                if is_level
                else _upright(*stroke[:2], stroke.bottom)
            )
    for area in drawn.areas:
        width, height = area.right - area.left, area.bottom - area.top
        if area in struck:
            continue
        if min(width, height) <= _THIN:
            yield _middle(area, width, height)
        elif area.stroked:
            yield from (_level(area.left, area.right, y) for y in (area.top, area.bottom))
            yield from (_upright(x, area.top, area.bottom) for x in (area.left, area.right))


def _middle(area: Area, width: float, height: float) -> _Edge:
    """A thin rectangle as the line in its middle."""
    if width > height:
        return _level(area.left, area.right, (area.top + area.bottom) / 2)
    return _upright((area.left + area.right) / 2, area.top, area.bottom)


def _level(left: float, right: float, y: float) -> _Edge:
    shape = {"x0": left, "x1": right, "top": y, "bottom": y, "width": right - left, "height": 0}
    return shape | {"orientation": "h", "object_type": "line"}


def _upright(x: float, top: float, bottom: float) -> _Edge:
    shape = {"x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0, "height": bottom - top}
    return shape | {"orientation": "v", "object_type": "line"}


def _missing_sides(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """Sides that a table lacks: below where a page's end cuts it, left and right where none are drawn."""
    uprights = [edge for edge in edges if edge["orientation"] == "v"]
    levels = [edge for edge in edges if edge["orientation"] == "h"]
    for side in ("top", "bottom"):
        for y, ending in _clusters(uprights, side):
            left, right = min(edge["x0"] for edge in ending), max(edge["x0"] for edge in ending)
            if len(ending) > 1 and not _is_near(levels, "top", y):
                yield _level(left, right, y)
    for side in ("x0", "x1"):
        for x, ending in _clusters(levels, side):
            top, bottom = min(edge["top"] for edge in ending), max(edge["top"] for edge in ending)
            if len(ending) > 1 and uprights and not _is_near(uprights, "x0", x):
                yield _upright(x, top, bottom)


def _clusters(edges: Sequence[_Edge], side: str) -> Iterator[tuple[float, list[_Edge]]]:
    """Edges by where they end."""
    cluster: list[_Edge] = []
    for edge in sorted(edges, key=lambda edge: float(edge[side])):
        if cluster and edge[side] - cluster[0][side] > _NEAR:
            yield cluster[0][side], cluster
            cluster = []
        cluster.append(edge)
    if cluster:
        yield cluster[0][side], cluster


def _is_near(edges: Iterable[_Edge], side: str, place: float) -> bool:
    return any(abs(edge[side] - place) <= _NEAR for edge in edges)


def _ruled(boxes: Sequence[Box]) -> Ruled:
    lefts = _places(side for left, _, right, _ in boxes for side in (left, right))
    tops = _places(side for _, top, _, bottom in boxes for side in (top, bottom))
    cells: list[tuple[int, int, int, int]] = []
    covering: dict[tuple[int, int], int] = {}
    for left, top, right, bottom in sorted(boxes, key=lambda box: (box[1], box[0])):
        row, column = _index(tops, top), _index(lefts, left)
        rows, columns = _index(tops, bottom) - row, _index(lefts, right) - column
        places = [(y, x) for y in range(row, row + rows) for x in range(column, column + columns)]
        if not places or any(place in covering for place in places):
            continue
        covering |= dict.fromkeys(places, len(cells))
        cells.append((row, column, rows, columns))
    return Ruled((lefts[0], tops[0], lefts[-1], tops[-1]), lefts, tops, covering, tuple(cells))


def _places(side_panels: Iterable[float]) -> tuple[float, ...]:
    """The sides that differ, from left or above."""
    places: list[float] = []
    for side in sorted(side_panels):
        if not places or side - places[-1] > _NEAR:
            places.append(side)
    return tuple(places)


def _index(places: Sequence[float], side: float) -> int:
    return bisect_right(places, side + _NEAR / 10) - 1
