"""Tracked changes in a table: what was deleted is not read and shifts nothing; it is named by its cells."""

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.table import Table
from docx.table import _Cell as Cell

from reportdesk.exports.word.document import render_word
from reportdesk.form.spec import CellRef
from reportdesk.intake.differences import differences
from reportdesk.readers.recognise.proposal import Proposal, propose
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Report
from tests.readers.numbered import FORM, numbered
from tests.readers.office import base, doubts, proposed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:id="1" w:author="某" w:date="2025-01-10T09:00:00Z"'
REPORT = Report(edition=FORM.edition, cells=dict(numbered()))


def document() -> tuple[Any, Table]:
    """Our Word file with another number in every cell, and 表三 in it."""
    made = Document(io.BytesIO(render_word(FORM, REPORT)))
    return made, made.tables[1]


def read(made: Any) -> Proposal:
    file = io.BytesIO()
    made.save(file)
    return propose(read_word(file.getvalue()), FORM)


def row_of(table: Table, label: str) -> Any:
    return next(
        row for row in table._tbl.tr_lst if any(label in "".join(cell.itertext()) for cell in row.tc_lst)
    )


def delete_runs(element: Any) -> None:
    """Mark all text in the element as deleted, as Word does."""
    for run in list(element.iter("{*}r")):
        mark = parse_xml(f"<w:del {W} {BY}/>")
        run.getparent().replace(run, mark)
        mark.append(run)
        for text in run.iter("{*}t"):
            text.tag = text.tag.replace("}t", "}delText")


def refs(row: str) -> set[CellRef]:
    return {ref for ref in numbered() if ref.table == "requests" and ref.row == row}


def test_a_deleted_cell_shifts_nothing_and_is_named() -> None:
    made, table = document()
    cell = row_of(table, "二、上年结转").tc_lst[-6]
    delete_runs(cell)
    cell.get_or_add_tcPr().append(parse_xml(f"<w:cellDel {W} {BY}/>"))
    proposal = read(made)
    (lost,) = numbered().keys() - proposal.cells.keys()
    assert proposal.cells == {ref: value for ref, value in numbered().items() if ref != lost}
    assert lost in proposal.blank
    value = numbered()[lost]
    says = f"{FORM.name_of(lost)}：这一格在文件的修订中删除了，原来是“{value}”，没有读入。"
    assert says in doubts(proposal)


@pytest.mark.parametrize("label", ["1.属于国家秘密", "2.其他法律行政法规", "二、上年结转", "（一）予以公开"])
def test_a_deleted_row_shifts_nothing_and_is_named(label: str) -> None:
    made, table = document()
    row = row_of(table, label)
    delete_runs(row)
    row.get_or_add_trPr().append(parse_xml(f"<w:del {W} {BY}/>"))
    proposal = read(made)
    lost = numbered().keys() - proposal.cells.keys()
    assert len({ref.row for ref in lost}) == 1
    assert lost == refs(next(iter(lost)).row)
    assert {ref: proposal.cells[ref] for ref in proposal.cells} == {
        ref: value for ref, value in numbered().items() if ref not in lost
    }
    assert [says for says in doubts(proposal) if "这一行在文件的修订中删除了" in says and "（整行）" in says]


def test_a_row_put_in_for_a_deleted_one_counts() -> None:
    made, table = document()
    row = row_of(table, "二、上年结转")
    new = parse_xml(row.xml)
    row.addnext(new)
    delete_runs(row)
    row.get_or_add_trPr().append(parse_xml(f"<w:del {W} {BY}/>"))
    new.get_or_add_trPr().append(parse_xml(f"<w:ins {W} {BY}/>"))
    proposal = read(made)
    assert proposal.cells == numbered()
    assert not [says for says in doubts(proposal) if "删除了" in says or "不止一处" in says]


def test_a_number_deleted_within_its_cell_is_named() -> None:
    made, table = document()
    delete_runs(row_of(table, "二、上年结转").tc_lst[-6])
    proposal = read(made)
    (lost,) = numbered().keys() - proposal.cells.keys()
    assert [says for says in doubts(proposal) if FORM.name_of(lost) in says and "在修订中删掉" in says]


def test_the_rows_that_a_leader_deleted_are_named() -> None:
    proposal = proposed("leader.docx")
    assert [
        says
        for says in doubts(proposal)
        if "4.保护第三方合法权益（整行）：这一行在文件的修订中删除了" in says
    ]


def test_a_leaders_comment_is_told_with_its_part_and_stands_beside_its_differences() -> None:
    proposal = proposed("leader.docx")
    (told,) = [one for one in proposal.outcomes if one.says.startswith("批注：")]
    assert told.part
    assert told.says.endswith("数字改成18件”。")
    report = base("base2025")
    report.prose[told.part] = "严格执行“两审两校”制度。"
    assert [one for one in differences(FORM, report, proposal) if "批注" in one.doubt]
    gone = [one for one in differences(FORM, base("base2025"), proposal) if "修订中删除了" in one.doubt]
    assert len(gone) == len(refs("denied_third_party"))


def test_a_comment_on_what_is_the_same_has_a_row_with_nothing_to_take() -> None:
    proposal = proposed("leader.docx")
    report = proposal.to_report()
    (row,) = [one for one in differences(FORM, report, proposal) if "批注" in one.doubt]
    assert row.before.startswith("严格执行信息发布")
    assert (row.after, row.change) == ("（相同）", None)


def test_a_comment_stands_beside_its_own_passage_where_another_differs() -> None:
    proposal = proposed("leader.docx")
    report = proposal.to_report()
    (told,) = [one for one in proposal.outcomes if one.says.startswith("批注：")]
    report.prose[told.part] = f"{report.prose[told.part]}\n另一段。"
    other, row = [one for one in differences(FORM, report, proposal) if one.section == told.section]
    assert other.doubt == ""
    assert other.change is not None
    assert row.change is None


def test_a_comment_on_a_number_is_told_with_its_cell() -> None:
    made, table = document()
    cell = Cell(row_of(table, "二、上年结转").tc_lst[-6], table)
    made.add_comment(cell.paragraphs[0].runs, "请再核一遍", author="某", initials="某")
    proposal = read(made)
    assert proposal.cells == numbered()
    assert [says for says in doubts(proposal) if "二、上年结转" in says and "批注：“请再核一遍”" in says]
