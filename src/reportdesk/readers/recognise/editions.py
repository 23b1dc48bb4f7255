"""Finds the edition of a form that a file was made in: among all there are, shipped and handed out.

An edition fits the worse the more numbers of the file find no place in it, and the more of its rows
and columns the file lacks: so one that only adds a column does not take older files for its own.
Of equals the file's own words decide: its title, the document that it quotes, then its year.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportdesk.form.load import edition_for, known_forms
from reportdesk.form.refusal import FormError
from reportdesk.form.spec import CellRef, Form, Table
from reportdesk.readers.files.visible import Seen, Visible, VisibleParagraph, VisibleTable
from reportdesk.readers.tables.cell_values import Collected
from reportdesk.readers.tables.form_labels import labels_of
from reportdesk.readers.tables.labels import read_label
from reportdesk.report.document import Fact
from reportdesk.report.file.codec import CodecError, decode

_LONGEST_LABEL = 60
_HALF = 0.5
_AGREEMENT = 3
"""Rows or columns of a form that a file may lack more than another's whose document or year it does not name.

So a file of which only a part can be read is of the edition that it says; numbers without a place outweigh it.
"""
_BRACKETS = str.maketrans("［］[]【】（）()", "〔〕〔〕〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that a file may be of; ``shared`` is how many labels of the file's tables it has."""

    form: Form
    shared: int
    may_be: bool
    """Whether it has enough of them, beside the form that has most."""


def candidates(seen: Seen, forms: Sequence[Form] = ()) -> list[Candidate]:
    """The forms by how many of the file's labels they have; of equals in the order given.

    ``forms`` is all that there are if none are given.
    """
    given = forms or known_forms()
    words = set(_words(seen))
    shared = [len(words & _words_of(form)) for form in given]
    most = max(shared, default=0)
    found = [Candidate(form, count, count >= most * _HALF) for form, count in zip(given, shared, strict=True)]
    return sorted(found, key=lambda candidate: -candidate.shared)


@dataclass(frozen=True, slots=True)
class Told:
    """What the file says of its edition: its text without spaces, and the edition of our data in it."""

    text: str
    edition: str


class Fit(NamedTuple):
    """How badly an edition fits; the least is the best."""

    misfit: int
    is_other_data: bool
    lacks_title: bool
    lacks_document: bool
    is_of_other_years: bool
    parts: int
    """The parts found, below zero: the more the better."""


def fit_of(collected: Collected, facts: Mapping[Fact, str], parts: int, told: Told) -> Fit:
    """How badly the form fits of which this was read; ``parts`` is how many have text."""
    form = collected.form
    lacks_document = _plain(form.document) not in told.text
    is_of_other_years = _is_of_other_years(form, facts.get(Fact.YEAR, ""))
    agreed = 0 if collected.unplaced else _AGREEMENT * ((not lacks_document) + (not is_of_other_years))
    return Fit(
        misfit=_misfit(form, collected) - agreed,
        is_other_data=bool(told.edition) and told.edition != form.edition,
        lacks_title=not all(words in told.text for words in _fixed_words(form)),
        lacks_document=lacks_document,
        is_of_other_years=is_of_other_years,
        parts=-parts,
    )


def _misfit(form: Form, collected: Collected) -> int:
    """Numbers without a place and rows and columns without cells, less the cells that were found."""
    seen = collected.values.keys() | collected.blank
    lacking = sum(_lacking(table, seen) for table in form.tables.values()) if seen else 0
    return collected.unplaced + lacking - len(seen)


def _lacking(table: Table, seen: set[CellRef]) -> int:
    """The rows and columns of the table of which no cell was seen; 1 for a table that is not there."""
    lines = _lines(table)
    lacking = sum(map(seen.isdisjoint, lines))
    return lacking if lacking < len(lines) else 1


@functools.lru_cache(maxsize=64)
def _lines(table: Table) -> tuple[frozenset[CellRef], ...]:
    """The cells of each row and of each column of the table, block by block."""
    lines: list[frozenset[CellRef]] = []
    for block in table.blocks:
        lines += (frozenset(CellRef(table.id, row.id, one.id) for one in block.columns) for row in block.rows)
        lines += (frozenset(CellRef(table.id, row.id, one.id) for row in block.rows) for one in block.columns)
    return tuple(lines)


def is_whole(collected: Collected) -> bool:
    """Whether every number of the file has its place, and every row and column of the form its cells."""
    seen = collected.values.keys() | collected.blank
    return not collected.unplaced and not any(
        _lacking(table, seen) for table in collected.form.tables.values()
    )


def _is_of_other_years(form: Form, year: str) -> bool:
    try:
        return year.isdecimal() and edition_for(int(year), form.family) != form.edition
    except FormError:
        return True


def _words(seen: Seen) -> Iterator[str]:
    """The labels of the file's tables."""
    for visible in _all(seen):
        if isinstance(visible, VisibleTable):
            for cell in visible.cells:
                if 0 < len(cell.text) <= _LONGEST_LABEL:
                    yield read_label(cell.text).words


def _all(seen: Seen) -> tuple[Visible, ...]:
    """What the file shows, or the first office's sheet where that is all."""
    return seen.contents or (seen.offices[0].contents if seen.offices else ())


def _words_of(form: Form) -> frozenset[str]:
    labels = labels_of(form)
    return (labels.others | labels.leaves.keys()) - {""}


def told_by(seen: Seen) -> Told:
    """What the file says of its edition, in its text and by our own data in it."""
    texts = [
        seen.properties.get("title", ""),
        *(
            one.text if isinstance(one, VisibleParagraph) else " ".join(cell.text for cell in one.cells)
            for one in _all(seen)
        ),
    ]
    edition = ""
    if seen.attached is not None:
        with contextlib.suppress(CodecError):
            edition = decode(seen.attached).report.edition
    return Told(_plain("".join(texts)), edition)


def _fixed_words(form: Form) -> list[str]:
    """What of the title is the same for every unit and year."""
    squeezed = _plain("".join(form.title))
    return [words for piece in squeezed.split("{") if (words := piece.rpartition("}")[2])]


def _plain(text: str) -> str:
    """Without spaces, all brackets alike."""
    return "".join(text.split()).translate(_BRACKETS)
