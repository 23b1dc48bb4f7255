"""Reports of several years in one file are never mixed: the newest is read, and all are named."""

from dataclasses import replace

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.readers.files.reading_notes import Standing
from reportdesk.readers.files.visible import Seen, Visible, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.recognise.proposal import Proposal, propose
from reportdesk.report.document import Fact, Value
from tests.readers.laid import figures, laid

FORM = load_form("2021")
TYPED = [ref for ref in FORM.kind_of if ref not in FORM.totals]
OLD: dict[CellRef, Value] = dict.fromkeys(TYPED, 3)
NEW: dict[CellRef, Value] = dict.fromkeys(TYPED[1:], 4)
"""The newer one has a gap that the older one fills."""
SAYS = (
    "文件里有 2023 年、2024 年的年报，只读入了 2024 年的，没有混在一起。"
    "要读别的年度，请把那一年的另存成一个文件再导入。"
)


def tables(cells: dict[CellRef, Value], name: str = "") -> list[VisibleTable]:
    shown = figures(FORM, cells)
    return [replace(laid(table, shown), name=name) for table in FORM.tables.values()]


def doubts(proposal: Proposal) -> list[str]:
    return [outcome.says for outcome in proposal.of(Standing.DOUBTFUL)]


def test_two_reports_one_after_the_other_are_told_by_their_titles() -> None:
    def report(year: str, cells: dict[CellRef, Value]) -> list[Visible]:
        return [
            VisibleParagraph("青禾县白河镇"),
            VisibleParagraph(f"{year}年政府信息公开工作年度报告"),
            VisibleParagraph("一、总体情况"),
            VisibleParagraph(f"{year}年的情况。"),
            *tables(cells),
        ]

    for contents in (
        [*report("2023", OLD), *report("2024", NEW)],
        [*report("2024", NEW), *report("2023", OLD)],
    ):
        proposal = propose(Seen(tuple(contents)), FORM)
        assert proposal.cells == NEW
        assert TYPED[0] in proposal.blank
        assert proposal.facts[Fact.YEAR] == "2024"
        assert proposal.facts[Fact.TITLE_NAME] == "青禾县白河镇"
        assert "2023" not in "".join(proposal.prose.values())
        assert SAYS in doubts(proposal)


def test_two_years_in_sheets_are_told_by_their_names() -> None:
    contents = (*tables(OLD, "2023年"), *tables(NEW, "2024年"))
    proposal = propose(Seen(contents), FORM)
    assert proposal.cells == NEW
    assert SAYS in doubts(proposal)


def test_two_years_in_tables_are_told_by_their_first_rows() -> None:
    def titled(year: str, cells: dict[CellRef, Value]) -> list[VisibleTable]:
        title = VisibleCell(f"青禾县{year}年度政府信息公开统计表", 0, 0)
        return [
            VisibleTable((title, *(cell._replace(row=cell.row + 1) for cell in table.cells)))
            for table in tables(cells)
        ]

    proposal = propose(Seen(tuple(titled("2023", OLD) + titled("2024", NEW))), FORM)
    assert proposal.cells == NEW
    assert SAYS in doubts(proposal)


def test_links_to_other_years_part_nothing() -> None:
    contents: tuple[Visible, ...] = (
        VisibleParagraph("青禾县2025年政府信息公开工作年度报告"),
        VisibleParagraph("青禾县2024年政府信息公开工作年度报告"),
        *tables(NEW)[:2],
        VisibleParagraph("上一篇：青禾县2023年政府信息公开工作年度报告"),
        *tables(NEW)[2:],
    )
    proposal = propose(Seen(contents), FORM)
    assert proposal.cells == NEW
    assert not any("混在一起" in says for says in doubts(proposal))
