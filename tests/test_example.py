"""The example is the whole seed report: every sentence and number of the reference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from reportdesk.form.layout import Anatomy, LaidCell, lay_out
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report
from reportdesk.report.totals import compute_totals
from reportdesk.store.file import read_report

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "tests/data/changle-2024.txt").read_text("utf-8")
FORM = load_form("2021")


def example() -> Report:
    decoded = read_report(ROOT / "examples/changle-2024.gknb")
    assert decoded.notices == ()
    return decoded.report


def plain(text: str) -> str:
    """Without white space, list marks and the width of punctuation."""
    narrow = unicodedata.normalize("NFKC", text)
    narrow = narrow.translate({ord("“"): '"', ord("”"): '"', ord("。"): "."})
    return re.sub(r"\s|(?m:^- )", "", narrow)


def reference_prose() -> str:
    """The reference's prose in order, its tables left out."""
    before, rest = REFERENCE.split("二、主动公开政府信息情况", 1)
    after = rest[rest.index("五、存在的主要问题及改进情况") :]
    return plain(before) + plain(after)


def example_prose(report: Report) -> str:
    """The example's prose in order, as it would be printed, without the tables' sections."""
    pieces = ["".join(report.title_lines(FORM)), report.prose["opening"]]
    for section in FORM.sections:
        if section.tables:
            continue
        pieces.append(section.title)
        for part in section.parts:
            pieces += [report.heading(part), report.prose[part.id]]
    return plain("".join(pieces))


def test_every_sentence_of_the_reference_stands_in_the_example_and_no_other() -> None:
    assert example_prose(example()) == reference_prose()


def reference_rows() -> dict[str, list[str]]:
    """The reference's table lines by their label; the scan reads 行政强制 as 「钊 0」."""
    tables = REFERENCE[REFERENCE.index("二、主动公开") : REFERENCE.index("五、存在的主要问题")]
    rows = {}
    for line in tables.splitlines():
        cells = [cell.strip().removeprefix("钊 ") for cell in line.split("\t")]
        words = [cell for cell in cells if cell and not cell.isdecimal()]
        numbers = [cell for cell in cells if cell.isdecimal()]
        if numbers:
            rows[plain(words[-1]) if words else "cases"] = numbers
    return rows


def test_every_number_of_the_reference_stands_in_the_example() -> None:
    report = example()
    rows = reference_rows()
    totals, _ = compute_totals(relate(FORM), report.cells)
    compared = 0
    for table in FORM.tables.values():
        layout = lay_out(table)
        labels = {
            cell.row: cell.text
            for cell in sorted(layout.cells, key=lambda cell: cell.column)
            if cell.anatomy is Anatomy.STUB
        }
        for row, numbers in by_row(layout.place_of).items():
            shown = [str(totals[ref].value if ref in totals else report.cells[ref]) for ref in numbers]
            label = plain(labels[row]) if row in labels else "cases"
            stated = find(rows, label)
            # the scan lost the cells of a column that is nothing but zeros
            assert shown[-len(stated) :] == stated, label
            assert set(shown[: -len(stated)]) <= {"0"}, label
            compared += len(stated)
    assert compared >= 190


def by_row(place_of: Mapping[CellRef, LaidCell]) -> dict[int, list[CellRef]]:
    rows: dict[int, list[CellRef]] = {}
    for ref, cell in place_of.items():
        rows.setdefault(cell.row, []).append(ref)
    return rows


def find(rows: dict[str, list[str]], label: str) -> list[str]:
    """The reference's row of that label; the scan splits long labels and joins short ones."""
    for known, numbers in rows.items():
        if known and (label.endswith(known) or known in label or label in known):
            return numbers
    raise AssertionError(label)
