"""A file's signs that only look like characters: its labels match and its prose is found all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportdesk.form.load import load_form
from reportdesk.readers.files.folding import folded
from reportdesk.readers.files.visible import Seen, VisibleCell, VisibleParagraph, VisibleTable
from reportdesk.readers.read_file import read_file
from reportdesk.readers.recognise.proposal import propose_best
from reportdesk.report.file.codec import decode
from reportdesk.report.text.characters import odd_signs

FILES = Path(__file__).parents[1] / "data" / "office"
FORM = load_form("2021")
RADICAL = str.maketrans("人民工一行文见门高面网长车页", "⼈⺠⼯⼀⾏⽂⻅⻔⾼⾯⽹⻓⻋⻚")


def test_a_word_file_out_of_a_pdf_is_read_whole_and_that_is_told() -> None:
    proposal = read_file(FILES / "radicals.docx")
    right = decode((FILES / "base.gknb").read_bytes()).report
    assert proposal.cells == right.cells
    assert not any(odd_signs(text) for text in (*proposal.prose.values(), *proposal.facts.values()))
    told = [outcome.says for outcome in proposal.outcomes if "看起来像汉字" in outcome.says]
    assert len(told) == 1


@pytest.mark.parametrize("signs", ["⼈⺠", "\u200b", "\ufe0f"])
def test_every_cell_and_paragraph_is_folded(signs: str) -> None:
    seen = Seen((VisibleParagraph(f"甲{signs}"), VisibleTable((VisibleCell(f"{signs}乙", 0, 0),))))
    paragraph, table = folded(seen).contents
    assert isinstance(paragraph, VisibleParagraph)
    assert isinstance(table, VisibleTable)
    assert not odd_signs(paragraph.text + table.cells[0].text)


def test_what_is_plain_is_handed_on_untouched() -> None:
    seen = Seen((VisibleParagraph("人民政府"), VisibleTable((VisibleCell("12", 0, 0),))))
    assert folded(seen) == seen


def test_labels_of_every_table_match_in_radicals() -> None:
    rows = [("一、本年新收政府信息公开申请数量", 5), ("四、结转下年度继续办理", 5)]
    cells = [VisibleCell(label.translate(RADICAL), row, 0) for row, (label, _) in enumerate(rows)]
    cells += [
        VisibleCell(str(column), row, column)
        for row, (_, last) in enumerate(rows)
        for column in range(1, last + 3)
    ]
    seen = folded(Seen((VisibleTable(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))),)))
    assert len(propose_best(seen, [FORM]).cells) == 12
