"""LibreOffice opens the workbook, works out its formulas afresh and comes to our totals.

One start of LibreOffice for the whole file, with a profile of its own. Skipped where it is not
installed: nothing else here can run a spreadsheet's formulas.
"""

import random
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportdesk.exports.excel.table import TablePage
from reportdesk.exports.excel.workbook import pages, render_workbook
from reportdesk.form.layout import lay_out
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellKind, Form
from reportdesk.report.document import Fact, Report, Value
from reportdesk.report.totals import BalanceState, compute_totals
from tests.editions import FORMS
from tests.exports.office import SOFFICE, convert

FORMULA_LIKE = "=1+1"
WRONG = "999"
# Of its own accord LibreOffice trusts the values that a file brings along.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]


@dataclass(frozen=True, slots=True)
class Recalculated:
    form: Form
    report: Report
    path: Path


def random_report(form: Form, share: float, seed: int) -> Report:
    """A report with about that share of its cells filled."""
    chance = random.Random(seed)

    def number(kind: CellKind) -> Value:
        digits = int(chance.random() * 10 ** chance.randint(0, 7))
        if kind.signed and chance.random() < 0.5:
            digits = -digits
        return Decimal(digits).scaleb(-chance.randint(0, kind.places)) if kind.places else digits

    typed = (ref for ref in form.kind_of if ref not in form.totals)
    cells = {ref: number(form.kind_of[ref]) for ref in typed if chance.random() < share}
    prose = dict.fromkeys(form.parts, FORMULA_LIKE)
    facts = {Fact.YEAR: "2024", Fact.FULL_NAME: FORMULA_LIKE, Fact.TITLE_NAME: "@甲"}
    headings = {part: "-" + part for part in form.parts if part != form.opening.id}
    return Report(form.edition, facts, headings, prose, cells)


@pytest.fixture(scope="module")
def recalculated(tmp_path_factory: pytest.TempPathFactory) -> list[Recalculated]:
    folder = tmp_path_factory.mktemp("recalculated")
    found = []
    sources = []
    for form in FORMS:
        for seed, share in enumerate((0, 0.1, 0.7, 1)):
            report = random_report(form, share, seed)
            source = folder / f"{form.edition}-{seed}.xlsx"
            write_with_wrong_values(render_workbook(form, report), source)
            sources.append(source)
            found.append(Recalculated(form, report, folder / "out" / source.name))
    (folder / "out").mkdir()
    convert(folder / "out", "xlsx", sources, RECALCULATE)
    return found


def write_with_wrong_values(content: bytes, target: Path) -> None:
    """Put a wrong value beside each formula: what then comes out right was worked out."""
    source = target.with_suffix(".ours")
    source.write_bytes(content)
    with zipfile.ZipFile(source) as ours, zipfile.ZipFile(target, "w") as wrong:
        for name in ours.namelist():
            text = ours.read(name).decode()
            text = re.sub("</f><v>[^<]*</v>", f"</f><v>{WRONG}</v>", text)
            wrong.writestr(name, text.replace(' t="str"', ""))


def shown(sheet: Worksheet, row: int, column: int) -> object:
    value = sheet.cell(row, column).value
    return "" if value is None else value


def expected(value: Value | None) -> object:
    return "" if value is None else pytest.approx(float(value), rel=1e-12)


def test_totals_and_balances_come_out_the_same(recalculated: list[Recalculated]) -> None:
    for case in recalculated:
        book = load_workbook(case.path, data_only=True)
        totals, balances = compute_totals(relate(case.form), case.report.cells)
        for page in pages(case.form):
            if not isinstance(page, TablePage):
                continue
            sheet = book[page.name]
            layout = lay_out(page.table)
            top = len(page.titles()) + 1
            for ref, cell in layout.place_of.items():
                value = totals[ref].value if ref in totals else case.report.cells.get(ref)
                assert shown(sheet, top + cell.row, 1 + cell.column) == expected(value), ref
            row = top + layout.row_count
            own = [result for result in balances if result.line.table == page.table.id]
            lines = list(dict.fromkeys(id(result.line.balance) for result in own))
            for result in own:
                place = layout.place_of[result.line.plus[0]]
                difference = None if result.state is BalanceState.BLANK else result.difference
                line = lines.index(id(result.line.balance))
                assert shown(sheet, row + line, 1 + place.column) == expected(difference)


def test_formula_like_text_comes_back_as_text(recalculated: list[Recalculated]) -> None:
    for case in recalculated:
        book = load_workbook(case.path)
        cover = book["封面"]
        assert (cover["B2"].data_type, cover["B2"].value) == ("s", FORMULA_LIKE)
        assert (cover["B3"].data_type, cover["B3"].value) == ("s", "@甲")
        prose = book.worksheets[1]
        assert [prose[f"B{row}"].value for row in (2, 3)] == [
            "-" + case.form.sections[0].parts[0].id,
            "　　" + FORMULA_LIKE,
        ]


def test_protection_and_merges_survive(recalculated: list[Recalculated]) -> None:
    for case in recalculated:
        ours = load_workbook(case.path.parents[1] / case.path.name)
        theirs = load_workbook(case.path)
        assert theirs.sheetnames == ours.sheetnames
        for sheet in ours.worksheets:
            other = theirs[sheet.title]
            assert other.protection.sheet
            assert {str(area) for area in other.merged_cells.ranges} == {
                str(area) for area in sheet.merged_cells.ranges
            }
            assert other.print_area == sheet.print_area
