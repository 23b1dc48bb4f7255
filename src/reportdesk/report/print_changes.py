"""What differs in print between two states of a report: number by number, sentence by sentence.

Answers for finding the differences and for naming where they stand. How they are shown is the
exports' and the window's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from reportdesk.form.spec import CellRef, Form, column_words
from reportdesk.report.document import Fact, Report, Value
from reportdesk.report.text.figures import show_figure
from reportdesk.report.text.plain_text import paragraphs

SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）》】]*|[^。！？；\n]+")
"""A sentence with its end mark, or what stands after the last one; together they are the whole text."""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A typed number that is another now; None is a blank. ``row`` counts the table's rows from 1."""

    ref: CellRef
    row: int
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words that are others now; either side is empty where they came in or went out.

    ``where`` names the heading or part in a clerk's words. ``is_remark``: ``after`` says what changed
    instead of being words of the report.
    """

    where: str
    before: str
    after: str
    is_remark: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, in printed order."""

    figures: tuple[FigureChange, ...]
    rewordings: tuple[Rewording, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.rewordings)


def compare(form: Form, before: Report, after: Report) -> Changes:
    """What ``after`` prints otherwise than ``before``; both are reports in the form."""
    return Changes(tuple(_figures(form, before, after)), tuple(_rewordings(form, before, after)))


def name_figure(form: Form, change: FigureChange) -> str:
    """表三 第1行 一、本年新收政府信息公开申请数量 自然人."""
    table = form.tables[change.ref.table]
    block = table.block_of(change.ref)
    label = block.row(change.ref.row).label
    words = (table.name, f"第{change.row}行", *(label[1:] or label), *column_words(block, change.ref.column))
    return " ".join(words)


def name_part(form: Form, part: str) -> str:
    """The part by its section and heading, such as 一、总体情况 （一）主动公开."""
    section = form.section_of.get(part)
    heading = form.parts[part].heading
    return "".join((section.title if section else "", f" {heading}" if heading and section else "")) or "开头"


def _figures(form: Form, before: Report, after: Report) -> Iterator[FigureChange]:
    for table in form.tables.values():
        rows = [row.id for block in table.blocks for row in block.rows]
        for ref in form.typed_cells(table):
            old, new = before.cells.get(ref), after.cells.get(ref)
            if show_figure(old) != show_figure(new):
                yield FigureChange(ref, rows.index(ref.row) + 1, old, new)


def _rewordings(form: Form, before: Report, after: Report) -> Iterator[Rewording]:
    yield from _line("标题", " ".join(before.title_lines(form)), " ".join(after.title_lines(form)))
    for part in form.parts.values():
        where = name_part(form, part.id)
        yield from _line(f"{where}的小标题", before.heading(part), after.heading(part))
        old, new = before.prose.get(part.id, ""), after.prose.get(part.id, "")
        yield from _prose(where, old, new)
    for fact in (Fact.CLOSING_UNIT, Fact.CLOSING_DATE):
        yield from _line(fact.says, before.facts.get(fact, ""), after.facts.get(fact, ""))


def _line(where: str, before: str, after: str) -> Iterator[Rewording]:
    if before.strip() != after.strip():
        yield Rewording(where, before.strip(), after.strip())


def _prose(where: str, before: str, after: str) -> Iterator[Rewording]:
    found = tuple(_sentences(where, before, after))
    if not found and paragraphs(before) != paragraphs(after):
        found = (Rewording(where, "", "（文字没有改，分段或空格改了）", is_remark=True),)
    yield from found


def _sentences(where: str, before: str, after: str) -> Iterator[Rewording]:
    old, new = split_sentences(before), split_sentences(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            yield from (Rewording(where, one, other) for one, other in zip(old[a:b], new[c:d], strict=True))
        else:
            yield Rewording(where, "".join(old[a:b]), "".join(new[c:d]))


def split_sentences(prose: str) -> list[str]:
    """The sentences of all paragraphs, each with its end mark, without spaces around."""
    return [sentence for found in SENTENCE.findall(prose) if (sentence := found.strip())]
