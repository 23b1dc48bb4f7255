"""Tables of a PDF page that no lines rule: read by how their numbers are aligned, where that is certain.

Certain means: every number stands in one column of numbers that begin, end or are centred at one
place; every column has a label above it; every row has its own label beside it. All else is left
as text, and the page is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reportdesk.readers.files.visible import VisibleCell, VisibleTable
from reportdesk.readers.files.written_figures import looks_like_figure
from reportdesk.readers.pdf.lines import chars_by_line
from reportdesk.readers.pdf.page import Box, Char
from reportdesk.readers.pdf.words import Word, words_of

_SAME_LINE = 0.1
_TIGHT = 1.45
"""Lines of one label are no further apart than this, in sizes."""
_APART = 7.0
"""Rows further apart than this, in sizes, are of two tables."""
_ALIGNED = 2.0
"""Numbers that are out of line by more than this, in points, are not aligned."""
_CENTRED = 0.5
_REACH = 0.7
"""How far above or below its row a label's line may stand, in sizes."""
_ANOTHER = 6
"""Labels that begin further apart than this, in points, are of two columns of labels."""
_MOST_HEAD = 12
_FEWEST = 2
_FEWEST_ALONE = 4
"""Numbers in a row that is a table by itself."""


@dataclass(slots=True)
class _Label:
    """A label's lines put together, and from which to which baseline they reach."""

    text: str
    left: float
    right: float
    first: float
    last: float
    size: float
    lines: list[Word]


@dataclass(slots=True)
class _Block:
    """Rows of numbers under each other, and the lines of labels among them."""

    rows: list[list[Word]] = field(default_factory=list)
    labels: list[Word] = field(default_factory=list)
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Column:
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class _Uncertain(Exception):  # noqa: N818 - no error: what follows is that nothing is read
    """The table cannot be told with certainty."""


def aligned_tables(chars: Sequence[Char]) -> tuple[list[tuple[Box, VisibleTable]], list[Char]]:
    """The tables among characters that no ruled table holds, and the characters that are left."""
    if sum(char.text.isdecimal() for char in chars) < _FEWEST:
        return [], list(chars)
    by_line = chars_by_line(chars, _SAME_LINE)
    lines = [list(words_of(line, at)) for at, line in enumerate(by_line)]
    found: list[tuple[Box, VisibleTable]] = []
    taken: set[int] = set()
    for block in _blocks(lines):
        try:
            used, table = _table(lines, block, taken)
        except _Uncertain:
            continue
        taken |= used
        found.append((_box([word for at in used for word in lines[at]]), table))
    left = [char for at, line in enumerate(by_line) if at not in taken for char in line]
    return found, left


def _blocks(lines: Sequence[Sequence[Word]]) -> Iterator[_Block]:
    """Rows of numbers that follow each other, with the words left of them."""
    block: _Block | None = None
    for at, words in enumerate(lines):
        if not words:
            continue
        figures = _figures(words)
        if block and not _goes_on(block, words, figures):
            yield block
            block = None
        if figures and block is None:
            block = _Block(first=at)
        if block is None:
            continue
        if figures:
            block.rows.append(figures)
            block.last = at
        block.labels += words[: len(words) - len(figures)]
    if block:
        yield block


def _figures(words: Sequence[Word]) -> list[Word]:
    """The numbers at a line's end."""
    first = len(words)
    while first and words[first - 1].is_figure:
        first -= 1
    figures = list(words[first:])
    return figures if any(map(_is_number, figures)) else []


def _is_number(word: Word) -> bool:
    return looks_like_figure(word.text)


def _goes_on(block: _Block, words: Sequence[Word], figures: Sequence[Word]) -> bool:
    """Whether a line is of the block: a row of as many numbers about, or a label left of all numbers."""
    before = block.rows[-1][0]
    if words[0].baseline - before.baseline > _APART * before.size:
        return False
    left = min(row[0].left for row in block.rows)
    if figures:
        most = max(map(len, block.rows))
        return len(figures) <= most or len(block.rows) == 1
    return words[-1].right < left


# ------------------------------------------------------------ one table


def _table(lines: Sequence[Sequence[Word]], block: _Block, taken: set[int]) -> tuple[set[int], VisibleTable]:
    """The lines that it takes, and the table.

    Raises:
        _Uncertain: it cannot be told what belongs together.
    """
    columns = _columns(block.rows)
    top, head, beside = _head(lines, block, columns, taken)
    stub, used = _stub([*beside, *block.labels], block)
    width = len({place for place, _, _ in stub})
    cells = [VisibleCell(label, 0, width + number) for number, label in enumerate(head)]
    cells += [VisibleCell(text, row + 1, place) for place, row, text in stub]
    for row, words in enumerate(block.rows, start=1):
        texts = {_column_of(word, columns): word.text for word in words}
        cells += [VisibleCell(texts.get(at, ""), row, width + at) for at in range(len(columns))]
    behind = {at for at in used if at > block.last and all(word.line in used for word in lines[at])}
    table = VisibleTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))
    return {*range(top, block.last + 1), *behind}, table


def _columns(rows: Sequence[Sequence[Word]]) -> list[_Column]:
    """Where the columns of numbers are."""
    most = max(map(len, rows))
    full = [row for row in rows if len(row) == most]
    columns = [
        _Column(min(row[number].left for row in full), max(row[number].right for row in full))
        for number in range(most)
    ]
    if any(one.right >= other.left for one, other in pairwise(columns)):
        raise _Uncertain
    inside: list[list[Word]] = [[] for _ in columns]
    for row in rows:
        places = [_column_of(word, columns) for word in row]
        if len(set(places)) < len(row):
            raise _Uncertain
        for word, place in zip(row, places, strict=True):
            inside[place].append(word)
    if not all(map(_is_aligned, inside)):
        raise _Uncertain
    return columns


def _is_aligned(words: Sequence[Word]) -> bool:
    edges = ([word.left for word in words], [word.right for word in words], [word.middle for word in words])
    return any(max(places) - min(places) <= _ALIGNED for places in edges)


def _column_of(word: Word, columns: Sequence[_Column]) -> int:
    """The one column that the word stands in."""
    inside = [
        at
        for at, column in enumerate(columns)
        if word.left <= column.right + _ALIGNED and word.right >= column.left - _ALIGNED
    ]
    if len(inside) != 1:
        raise _Uncertain
    return inside[0]


def _head(
    lines: Sequence[Sequence[Word]], block: _Block, columns: Sequence[_Column], taken: set[int]
) -> tuple[int, list[str], list[Word]]:
    """The line at which the head begins, each column's label, and what stands left of the numbers there."""
    found: list[list[Word]] = [[] for _ in columns]
    beside: list[Word] = []
    top, before = block.first, block.rows[0][0]
    for at in range(block.first - 1, max(block.first - _MOST_HEAD, 0) - 1, -1):
        words = lines[at]
        if not words:
            continue
        over = [word for word in words if word.right > columns[0].left]
        is_text = any(_begins_before(word, columns) for word in over)
        far = before.baseline - words[0].baseline > _APART * before.size
        if at in taken or far or is_text or _figures(words):
            break
        for word in over:
            if (number := _under(word, columns)) is not None and _is_next(found[number], word):
                found[number].insert(0, word)
        if over or not all(found):
            beside = [*(word for word in words if word not in over), *beside]
            top, before = at, words[0]
    if not all(found) or (_is_small(block) and not _is_aligned([found[0][-1], block.rows[0][0]])):
        raise _Uncertain
    return top, ["".join(word.text for word in label) for label in found], beside


def _begins_before(word: Word, columns: Sequence[_Column]) -> bool:
    """Whether a word begins so far left of the first column that it is a sentence and no label over it."""
    is_over = abs(word.middle - columns[0].middle) <= _ALIGNED
    return word.left < columns[0].left - _reach(columns) and not is_over


def _is_small(block: _Block) -> bool:
    """Whether so few numbers are a table only if they stand right below their labels."""
    return len(block.rows) < _FEWEST and len(block.rows[0]) < _FEWEST_ALONE


def _reach(columns: Sequence[_Column]) -> float:
    """How far a label may reach beyond its column of numbers."""
    pitches = [other.middle - one.middle for one, other in pairwise(columns)]
    return min(pitches) * _CENTRED if pitches else 40.0


def _under(word: Word, columns: Sequence[_Column]) -> int | None:
    """The column that the label is over; None for one over several."""
    below = [at for at, column in enumerate(columns) if word.left <= column.middle <= word.right]
    if below:
        return below[0] if len(below) == 1 else None
    reach = _reach(columns)
    near = [
        at for at, column in enumerate(columns) if column.left - reach < word.middle < column.right + reach
    ]
    return min(near, key=lambda at: abs(columns[at].middle - word.middle), default=None)


def _is_next(label: Sequence[Word], word: Word) -> bool:
    """Whether a word is the line above in a column's label."""
    return not label or label[0].baseline - word.baseline < _TIGHT * word.size


def _stub(words: Sequence[Word], block: _Block) -> tuple[list[tuple[int, int, str]], set[int]]:
    """The labels beside the rows: place from the left, row, text; and the lines that they stand on.

    Raises:
        _Uncertain: a row has no label of its own, or a label may be another row's.
    """
    baselines = [row[0].baseline for row in block.rows]
    labels = list(_labels(words, baselines))
    placed = [(label, row) for label in labels if (row := _row_of(label, baselines)) is not None]
    used = {word.line for label, _ in placed for word in label.lines}
    if not placed and len(baselines) == 1 and not _is_small(block):
        return [], used
    places = _places([label.left for label, _ in placed])
    found: dict[tuple[int, int], str] = {}
    for label, row in placed:
        key = places[round(label.left)], row
        if key in found:
            raise _Uncertain
        found[key] = label.text
    own: dict[int, int] = {}
    for label, row in placed:
        if _rows_in(label, baselines):
            own[row] = max(own.get(row, 0), places[round(label.left)])
    if own.keys() != set(range(len(baselines))):
        raise _Uncertain
    for label, _ in placed:
        if not _rows_in(label, baselines) and not _is_above_groups(label, places, own, baselines):
            raise _Uncertain
    return [(place, row, text) for (place, row), text in found.items()], used


def _rows_in(label: _Label, baselines: Sequence[float]) -> list[int]:
    """The rows that a label stands beside."""
    reach = _REACH * label.size
    return [at for at, y in enumerate(baselines) if label.first - reach <= y <= label.last + reach]


def _row_of(label: _Label, baselines: Sequence[float]) -> int | None:
    """The row that a label belongs to, the first of several; None for what stands above or below."""
    if inside := _rows_in(label, baselines):
        return inside[0]
    if label.last < baselines[0] or label.first > baselines[-1]:
        return None
    return min(range(len(baselines)), key=lambda at: abs(baselines[at] - label.first))


def _is_above_groups(
    label: _Label, places: Mapping[int, int], own: Mapping[int, int], baselines: Sequence[float]
) -> bool:
    """Whether a label between two rows is one for several: both have labels of their own right of it."""
    above = max((at for at, y in enumerate(baselines) if y < label.first), default=0)
    below = min(above + 1, len(baselines) - 1)
    return places[round(label.left)] < min(own[above], own[below])


def _places(lefts: Sequence[float]) -> dict[int, int]:
    """Which column of labels begins at each of the places, from the left."""
    places: dict[int, int] = {}
    number, before = 0, None
    for left in sorted(map(round, lefts)):
        number += before is not None and left - before > _ANOTHER
        places[left] = number
        before = left
    return places


def _labels(words: Iterable[Word], baselines: Sequence[float]) -> Iterator[_Label]:
    """Labels from their lines: lines close below each other, unless each stands beside a row of its own."""
    open_labels: list[_Label] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.left)):
        above = next(
            (
                label
                for label in reversed(open_labels)
                if min(label.right, word.right) > max(label.left, word.left)
                and 0 < word.baseline - label.last < _TIGHT * word.size
                and not (_is_beside(label.lines[-1], baselines) and _is_beside(word, baselines))
            ),
            None,
        )
        if above is None:
            open_labels.append(
                _Label(word.text, word.left, word.right, word.baseline, word.baseline, word.size, [word])
            )
            continue
        above.text += word.text
        above.left, above.right = min(above.left, word.left), max(above.right, word.right)
        above.last = word.baseline
        above.lines.append(word)
    yield from open_labels


def _is_beside(word: Word, baselines: Sequence[float]) -> bool:
    return any(abs(word.baseline - y) < 0.35 * word.size for y in baselines)


def _box(words: Sequence[Word]) -> Box:
    return (
        min(word.left for word in words),
        min(word.baseline - word.size for word in words),
        max(word.right for word in words),
        max(word.baseline for word in words),
    )
