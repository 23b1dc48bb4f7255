"""Which edition a file was made in: one that only adds something does not take older files for its own."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reportdesk.exports.html import render_page
from reportdesk.form.load import load_form, parse_form
from reportdesk.form.spec import CellRef, Form
from reportdesk.readers.files.visible import Seen, VisibleParagraph, VisibleTable
from reportdesk.readers.recognise.proposal import propose_best
from reportdesk.readers.text.html import read_web
from reportdesk.report.document import Fact, Report, Value
from reportdesk.resources import resource

FORM, OLD = load_form("2021"), load_form("2019")
SOURCE = resource("forms", "2021.toml").read_text(encoding="utf-8")


def edition(name: str, year: int, changes: Mapping[str, str]) -> Form:
    """The form of 2021 under another name, from another year, with these changes."""
    source = SOURCE.replace('edition = "2021"', f'edition = "{name}"')
    source = source.replace("first_year = 2021", f"first_year = {year}")
    for before, after in changes.items():
        assert before in source, before
        source = source.replace(before, after)
    return parse_form(source)


OTHER = '  { id = "other", label = ["申请人情况", "法人或其他组织", "其他"] },\n'
WIDER = edition(
    "wider",
    2027,
    {
        OTHER: OTHER
        + '  { id = "village", label = ["申请人情况", "法人或其他组织", "村（居）民委员会"] },\n',
        '"legal_service", "other"] },': '"legal_service", "other", "village"] },',
        "widths = [754, 921, 3271, 685,": "widths = [754, 921, 3271, 600, 600,",
    },
)
TALLER = edition(
    "taller",
    2027,
    {
        'rows = [{ id = "licences", label = ["行政许可"] }]': (
            'rows = [{ id = "licences", label = ["行政许可"] }, { id = "confirmations", label = ["行政确认"] }]'
        )
    },
)
RENUMBERED = edition("renumbered", 2027, {"〔2021〕30号": "〔2026〕8号"})
FORMS = [WIDER, TALLER, RENUMBERED, FORM, OLD]


def shown(
    form: Form, year: str = "2026", cells: Mapping[CellRef, Value] | None = None, opening: str = ""
) -> Seen:
    """A report of that form as our page shows it."""
    typed = [ref for ref in form.kind_of if ref not in form.totals]
    numbers: dict[CellRef, Value] = (
        {ref: number for number, ref in enumerate(typed, start=1)} if cells is None else dict(cells)
    )
    report = Report(form.edition, {Fact.YEAR: year, Fact.TITLE_NAME: "青禾县白河镇"}, cells=numbers)
    report.prose = {form.opening.id: opening} if opening else {}
    return read_web(render_page(form, report).encode())


@pytest.mark.parametrize("form", [WIDER, TALLER, FORM], ids=lambda form: form.edition)
@pytest.mark.parametrize("is_blank", [False, True])
def test_each_file_is_read_in_the_edition_that_it_was_made_in(form: Form, *, is_blank: bool) -> None:
    for order in (FORMS, FORMS[::-1]):
        proposal = propose_best(
            shown(form, cells={} if is_blank else None), [one for one in order if one is not RENUMBERED]
        )
        assert proposal.form is form
        assert not proposal.missing


def test_of_editions_that_fit_alike_the_document_decides_that_the_file_quotes() -> None:
    quoting = {
        form.edition: f"根据（{form.document.replace('〔', '[').replace('〕', ']')}）要求，现发布本报告。"
        for form in (FORM, RENUMBERED)
    }
    for form in (FORM, RENUMBERED):
        for year in ("2024", "2028"):
            seen = shown(form, year, opening=quoting[form.edition])
            assert propose_best(seen, [RENUMBERED, FORM]).form is form
            assert propose_best(seen, [FORM, RENUMBERED]).form is form


def test_a_file_that_lost_a_row_and_a_column_is_still_of_its_edition() -> None:
    seen = shown(FORM)
    tables = [one for one in seen.contents if isinstance(one, VisibleTable)]
    without = {"行政强制", "4.无正当理由大量反复申请"}
    cut = tuple(
        VisibleTable(
            tuple(
                cell
                for cell in table.cells
                if cell.row not in {c.row for c in table.cells if c.text in without}
            )
        )
        for table in tables
    )
    assert propose_best(Seen(cut), [*FORMS[:2], FORM, OLD]).form is FORM


def test_text_alone_is_read_as_the_report_that_its_title_names() -> None:
    lines = [
        "青禾县白河镇",
        "2024年政府信息公开工作年度报告",
        "一、总体情况",
        "（一）主动公开",
        "公开信息12条。",
    ]
    proposal = propose_best(Seen(tuple(map(VisibleParagraph, lines))))
    assert proposal.form.edition == "2021"
    assert proposal.prose["overview.disclosure"] == "公开信息12条。"


@pytest.mark.parametrize(("year", "wanted"), [("2020", OLD), ("2024", FORM)])
def test_of_editions_that_fit_alike_and_quote_nothing_the_year_decides(year: str, wanted: Form) -> None:
    """表四 is the same in both."""
    table = next(
        one
        for one in shown(FORM).contents
        if isinstance(one, VisibleTable) and "行政复议" in {c.text for c in one.cells}
    )
    title = VisibleParagraph(f"青禾县白河镇{year}年政府信息公开工作年度报告")
    for order in ([FORM, OLD], [OLD, FORM]):
        assert propose_best(Seen((title, table)), order).form is wanted


def test_of_a_file_that_is_read_in_part_the_edition_is_the_one_that_it_quotes() -> None:
    """The upper rows of 表三 are the same in both; an edition with fewer rows lacks fewer of them."""
    seen = shown(FORM, opening=f"根据（{FORM.document}）要求，现发布本报告。")
    requests = next(one for one in seen.contents if isinstance(one, VisibleTable) and len(one.cells) > 100)
    upper = VisibleTable(tuple(cell for cell in requests.cells if cell.row < 7))
    text = tuple(one for one in seen.contents if isinstance(one, VisibleParagraph))
    for forms in ([FORM, OLD], [OLD, FORM]):
        assert propose_best(Seen((*text, upper)), forms).form is FORM
