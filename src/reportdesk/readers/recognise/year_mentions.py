"""Keeps the reports of several years apart that stand in one file: the newest is read, the others are named.

A year is told by a title above, by a line over a table, by a sheet's name, or by a table's first rows. It matters only
where tables of two years show the same cells of the form; a mere mention of another year does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.grid import grid_of
from reportdesk.readers.files.visible import Visible, VisibleParagraph, VisibleTable
from reportdesk.readers.recognise.front_matter import title_year
from reportdesk.readers.recognise.headings import may_head
from reportdesk.readers.tables.recognise import read_tables
from reportdesk.readers.tables.year_captions import LAST, THIS, caption_year, is_bare, label_year, spell_year

_NAMED = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})(?![0-9])")
_OF_YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*年(?:度|年报|政府信息公开)")
_FIRST_ROWS = 3
_LONGEST_LINE = 40
_UNIT_LINE = re.compile(r"\s*[（(]?\s*单位")
_CAPTION_LINES = 3
"""Lines over a table among which one may name its year, with one of the unit below it."""


def newest_report(contents: Sequence[Visible], form: Form) -> tuple[Sequence[Visible], str]:
    """What belongs to the newest year or to none, and a sentence that names the years; else all, and none."""
    whole, contents = contents, [part for visible in contents for part in _parted(visible, form)]
    years = _years(contents, form)
    found = sorted(
        {year for year, visible in zip(years, contents, strict=True) if year and _is_table(visible)}
    )
    if len(found) < 2 or not _repeat(contents, years, found, form):  # noqa: PLR2004 - two years
        return whole, ""
    kept = [
        visible
        for year, visible in zip(years, contents, strict=True)
        if year in ("", found[-1]) and not (isinstance(visible, VisibleParagraph) and is_bare(visible.text))
    ]
    named = "、".join(map(spell_year, found))
    return kept, (
        f"文件里有 {named}的年报，只读入了 {spell_year(found[-1])}的，没有混在一起。"
        "要读别的年度，请把那一年的另存成一个文件再导入。"
    )


def _is_table(visible: Visible) -> bool:
    return isinstance(visible, VisibleTable)


def _parted(visible: Visible, form: Form) -> Iterator[Visible]:
    """A table in whose rows lines stand that name years over tables, as on one sheet, parted at these.

    A line that heads a section ends what such a line stands over.
    """
    if isinstance(visible, VisibleParagraph) or not any(
        "年" in cell.text and caption_year(cell.text) for cell in visible.cells
    ):
        yield visible
        return
    grid = grid_of(visible)
    written = [grid.written(row) for row in range(grid.height)]
    lines = {row: cells[0].text for row, cells in enumerate(written) if len(cells) == 1}
    captions = {row: year for row, text in lines.items() if (year := caption_year(text))}
    over = {row for row in captions if len(next(filter(None, written[row + 1 :]), ())) > 1}
    if len({captions[row] for row in over}) < 2:  # noqa: PLR2004 - two years
        yield visible
        return
    heads = {row for row, text in lines.items() if row > min(over) and may_head(form, text)}
    begin = 0
    for row in (*sorted(over | heads), grid.height):
        cells = [cell._replace(row=cell.row - begin) for cell in visible.cells if begin <= cell.row < row]
        if cells:
            yield VisibleTable(tuple(cells), visible.name)
        if row in lines:
            yield VisibleParagraph(lines[row].strip())
        begin = row + 1


def _years(contents: Sequence[Visible], form: Form) -> list[str]:
    """The year that each belongs to; empty where none is told."""
    years: list[str] = []
    under = ""
    for at, visible in enumerate(contents):
        if isinstance(visible, VisibleTable):
            caption, named = _caption_of(contents, at)
            told = _resolved(named, under)
            if told and told != under:
                years[caption] = told
            goes_on = years[-1] if at and _is_table(contents[at - 1]) else under
            years.append(_year_of_table(visible, under) or told or goes_on)
            continue
        year = title_year(form, visible.text)
        if year and year != under:
            under = year
            if at and _may_begin_title(contents[at - 1]):
                years[-1] = year
        years.append(under)
    return years


def _caption_of(contents: Sequence[Visible], at: int) -> tuple[int, str]:
    """Where the line over a table stands that names its year, and the year; empty if there is none."""
    for before in range(at - 1, max(-1, at - 1 - _CAPTION_LINES), -1):
        line = contents[before]
        if not isinstance(line, VisibleParagraph):
            break
        if year := caption_year(line.text):
            return before, year
        if line.text.strip() and not _UNIT_LINE.match(line.text):
            break
    return -1, ""


def _resolved(year: str, title: str) -> str:
    """上年 and 本年 as years, where a title above tells which those are."""
    if year not in (LAST, THIS) or not title.isdecimal():
        return year
    return str(int(title) - (year == LAST))


def _may_begin_title(visible: Visible) -> bool:
    """Whether it may be the line of a title that names the unit."""
    if not isinstance(visible, VisibleParagraph):
        return False
    return len(visible.text) <= _LONGEST_LINE and not re.search("[0-9。]", visible.text)


def _year_of_table(table: VisibleTable, title: str) -> str:
    """The only year that its name tells, or else its first rows."""
    first = min((cell.row for cell in table.cells), default=0) + _FIRST_ROWS
    head = [cell.text for cell in table.cells if cell.row < first and cell.text]
    named = _only(_NAMED.findall(table.name)) or _resolved(label_year(table.name), title)
    of_year = (year for text in head for year in (*_OF_YEAR.findall(text), label_year(text)) if year)
    return named or _resolved(_only(of_year), title)


def _only(years: Iterable[str]) -> str:
    found = set(years)
    return found.pop() if len(found) == 1 else ""


def _repeat(contents: Sequence[Visible], years: Sequence[str], found: Sequence[str], form: Form) -> bool:
    """Whether two of the years show the same cells of the form."""
    shown: set[CellRef] = set()
    for year in found:
        own = set(_cells(contents, years, year, form))
        if own & shown:
            return True
        shown |= own
    return False


def _cells(contents: Sequence[Visible], years: Sequence[str], year: str, form: Form) -> Iterator[CellRef]:
    tables = (one for of, one in zip(years, contents, strict=True) if of == year and _is_table(one))
    collected = read_tables(tables, form).collected
    yield from collected.values
    yield from collected.blank
