"""Where a file that was read says otherwise than the report at hand, place by place.

Answers for what is compared, what it is called and what is doubtful. What the file does not show
is no difference: a sheet with one table leaves the prose alone. Taking them in is ``apply_import``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from reportdesk.form.spec import CellRef, Form, Section, Table
from reportdesk.readers.files.reading_notes import NOTE
from reportdesk.readers.recognise.proposal import Outcome, Proposal, Standing
from reportdesk.report.document import FACTS, NAMING_FACTS, Fact, Report, drafts
from reportdesk.report.edits import EntryChange, Slot, TextChange
from reportdesk.report.print_changes import FigureChange, compare, name_figure, name_part
from reportdesk.report.text.figures import show_figure
from reportdesk.report.text.passages import reword

_FACTS = tuple(fact for fact, spec in FACTS.items() if spec.is_read)
"""The facts that a file may bring into a report, in the order of the form.

The title is compared as it is printed; how far the office has taken the report comes from no file.
"""

BLANK = "（空白）"
NOTHING = "（无）"
LEFT_OUT = "（删去）"
SAME = "（相同）"
_BREAK = "（另起一段）"
_NO_BREAK = "（不分段）"
_IS_BLANK = "文件里这一格是空白"
_NO_PART = "文件里没有找到这一段文字"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the report and the file differ.

    ``before`` and ``after`` are what stands there, as it is shown. ``doubt`` says why it should
    be looked at before it is taken; empty if nothing speaks against it. ``section`` is empty for
    title, opening and closing. ``change`` is None where nothing differs but somebody remarked on the
    place in the file: there is nothing to take.
    """

    section: str
    where: str
    before: str
    after: str
    doubt: str
    change: FigureChange | EntryChange | TextChange | None


def differences(form: Form, report: Report, proposal: Proposal) -> tuple[Difference, ...]:
    """Everything in which the file differs, in printed order.

    Raises:
        ValueError: the file was read by another edition of the form.
    """
    if proposal.form.edition != form.edition:
        raise ValueError(f"{proposal.form.edition} is not {form.edition}")
    return tuple(_Comparison(form, report, proposal).all())


class _Comparison:
    def __init__(self, form: Form, report: Report, proposal: Proposal) -> None:
        self._form = form
        self._report = report
        self._proposal = proposal
        self._found = proposal.to_report()
        self._doubted_cells: dict[CellRef, str] = {}
        self._doubted_parts: dict[str, str] = {}
        self._remarks: dict[str, list[Outcome]] = {}
        """On passages of a part that are the same in both."""
        for outcome in proposal.of(Standing.DOUBTFUL):
            for ref in outcome.cells:
                self._doubted_cells.setdefault(ref, outcome.says)
            if outcome.passage and outcome.passage in report.prose.get(outcome.part, ""):
                self._remarks.setdefault(outcome.part, []).append(outcome)
            elif outcome.part:
                self._doubted_parts.setdefault(outcome.part, outcome.says)

    def all(self) -> Iterator[Difference]:
        yield from self._facts()
        yield from self._part(self._form.opening.id, "")
        figures = self._figures()
        for section in self._form.sections:
            for part in section.parts:
                yield from self._part(part.id, section.id)
            for table in section.tables:
                yield from (self._figure(change) for change in figures if change.ref.table == table.id)
                yield from self._remarked_figures(table, {change.ref for change in figures})

    # -- facts

    def _facts(self) -> Iterator[Difference]:
        offered = {fact: text for fact in _FACTS if (text := self._other_fact(fact))}
        yield from self._title(offered)
        for fact, text in offered.items():
            before = self._report.facts.get(fact)
            doubt = ""
            if fact in NAMING_FACTS and before:
                doubt = f"文件里的{fact.says}与本年报的不同，请核对是否选对了文件"
            change = EntryChange(Slot.FACTS, fact, before, text)
            yield Difference("", fact.says, before or NOTHING, text, doubt, change)

    def _other_fact(self, fact: Fact) -> str:
        """What the file says of it where that is something else; empty if it is not."""
        text = self._proposal.facts.get(fact, "").strip()
        if fact is Fact.TITLE_NAME and self._report.name_in_title() == text:
            return ""
        return "" if self._report.facts.get(fact, "").strip() == text else text

    def _title(self, offered: Mapping[Fact, str]) -> Iterator[Difference]:
        given = self._proposal.facts
        is_whole = self._found.name_in_title() and Fact.YEAR in given
        if Fact.TITLE not in given and not is_whole:
            return
        after = self._found.title_lines(self._form)
        facts = {**self._report.facts, **offered}
        if _read_alike(self._titled(facts), after):
            return
        own = given.get(Fact.TITLE)
        if own is None and not _read_alike(self._titled({**facts, Fact.TITLE: ""}), after):
            own = "\n".join(after)
        change = EntryChange(Slot.FACTS, Fact.TITLE, self._report.facts.get(Fact.TITLE), own)
        yield Difference(
            "", "标题", "\n".join(self._titled(self._report.facts)), "\n".join(after), "", change
        )

    def _titled(self, facts: Mapping[Fact, str]) -> tuple[str, ...]:
        """The title that these facts give."""
        return Report(self._form.edition, dict(facts)).title_lines(self._form)

    # -- prose

    def _part(self, part: str, section: str) -> Iterator[Difference]:
        if not self._is_shown(part):
            return
        where = name_part(self._form, part)
        doubt = self._doubted_parts.get(part, "")
        yield from self._heading(part, section, where)
        text = self._found.prose.get(part, "")
        if self._is_left_as_drafted(part, text):
            return
        for change in reword(part, self._report.prose.get(part, ""), text):
            shown = _show(change.removed, NOTHING), _show(change.inserted, LEFT_OUT)
            if not (change.removed + change.inserted).strip():
                shown = (_BREAK, _NO_BREAK) if change.removed else (_NO_BREAK, _BREAK)
            yield Difference(section, where, *shown, doubt or ("" if text else _NO_PART), change)
        for remark in self._remarks.get(part, ()):
            yield Difference(section, where, remark.passage, SAME, remark.says, None)

    def _is_left_as_drafted(self, part: str, text: str) -> bool:
        """Whether offices got the form's draft there and left it as it was."""
        if not self._proposal.sources:
            return False
        mine = self._report.facts
        known = replace(self._found, facts={**mine, **self._found.facts})
        return any(
            _squeezed(text) == _squeezed(drafts(self._form, one).get(part, ""))
            for one in (self._report, self._found, known)
        )

    def _is_shown(self, part: str) -> bool:
        """Whether the file has the part, or at least prose of other parts of its section."""
        prose, section = self._found.prose, self._form.section_of.get(part)
        return part in prose or (section is not None and any(one.id in prose for one in section.parts))

    def _heading(self, part: str, section: str, where: str) -> Iterator[Difference]:
        described = self._form.parts[part]
        if part not in self._found.prose or part == self._form.opening.id:
            return
        before, after = self._report.heading(described), self._found.heading(described)
        if before.strip() != after.strip():
            own = None if after == described.heading else after
            change = EntryChange(Slot.HEADINGS, part, self._report.headings.get(part), own)
            yield Difference(section, f"{where}的小标题", before, after, "", change)

    # -- numbers

    def _figures(self) -> tuple[FigureChange, ...]:
        """The cells whose number is another one in the file, or blank there."""
        form, cells = self._form, self._report.cells
        kept = {ref: value for ref, value in cells.items() if ref not in self._proposal.blank}
        other = {ref: value for ref, value in self._proposal.cells.items() if cells.get(ref) != value}
        before = Report(form.edition, cells=cells)
        return compare(form, before, Report(form.edition, cells={**kept, **other})).figures

    def _remarked_figures(self, table: Table, differ: Collection[CellRef]) -> Iterator[Difference]:
        """The numbers that are the same in both, on which somebody remarked in the file."""
        section = self._form.section_of[table.id]
        for ref in self._form.typed_cells(table):
            says = self._doubted_cells.get(ref, "")
            if NOTE in says and ref not in differ:
                before = show_figure(self._report.cells.get(ref)) or BLANK
                yield Difference(section.id, self._form.name_of(ref), before, SAME, says, None)

    def _figure(self, change: FigureChange) -> Difference:
        section: Section = self._form.section_of[change.ref.table]
        before, after = (show_figure(value) or BLANK for value in (change.before, change.after))
        doubt = self._doubted_cells.get(change.ref, "") or (_IS_BLANK if change.after is None else "")
        return Difference(section.id, name_figure(self._form, change), before, after, doubt, change)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _read_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two titles have the same words: where their lines break, a program may have set."""
    return "".join("".join(one).split()) == "".join("".join(other).split())


def _show(words: str, if_none: str) -> str:
    return words.strip() or if_none
