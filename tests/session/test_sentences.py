"""插入数据: the sentences tell what the tables hold, and say which numbers are wanting."""

import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportdesk.checks.engine import Severity, check_report
from reportdesk.form.load import load_form
from reportdesk.form.relations import relate
from reportdesk.form.spec import CellRef
from reportdesk.report.document import Report, Value, new_report
from reportdesk.report.edits import apply_edit
from reportdesk.report.totals import compute_totals
from reportdesk.session.fill import fill_with_zeros
from reportdesk.session.sentences import (
    WANTING,
    Offer,
    Pattern,
    PatternError,
    cells_of,
    load_patterns,
    offers,
    read_patterns,
)
from tests.editions import third_form
from tests.strategies import cells, typed_cells

FORM = load_form("2021")


UNITS = ("常乐镇", "无锡市", "将乐县", "含山县", "五家渠市", "二份子乡", "企业服务局", "行政复议局")
"""Some are made of words that sentences say and claims are read by."""


def report_of(numbers: dict[str, Value], *, zeros: bool = True, unit: str = "常乐镇") -> Report:
    report = new_report(FORM, 2024, unit if unit.endswith("局") else f"{unit}人民政府", unit)
    if zeros:
        for table in FORM.tables.values():
            apply_edit(report, fill_with_zeros(report, FORM, table))
    report.cells.update({CellRef.parse(key): value for key, value in numbers.items()})
    return report


def offered(report: Report, part: str) -> dict[str, Offer]:
    totals, _ = compute_totals(relate(FORM), report.cells)
    return {offer.name: offer for offer in offers(FORM, report, totals, part)}


def test_numbers_stand_as_in_the_tables() -> None:
    report = report_of(
        {
            "requests.new.person": 3,
            "requests.new.other": 2,
            "requests.carried_in.person": 1,
            "requests.granted.person": 2,
            "requests.denied_process.other": 1,
            "requests.denied_internal.other": 1,
            "requests.carried_out.person": 2,
            "disputes.cases.direct_suit_corrected": 1,
            "disclosure.normative_documents.issued": 2,
            "disclosure.normative_documents.in_force": 7,
            "disclosure.fees.charged": Decimal("3.50"),
        }
    )
    requests = offered(report, "overview.requests")
    assert requests["收到和办理总数"].text == (
        "2024年，常乐镇新收政府信息公开申请5件，上年结转1件，办结4件，结转下年度继续办理2件。"
    )
    assert requests["申请人情况"].text == "本年新收的政府信息公开申请中，自然人申请3件、其他组织申请2件。"
    assert requests["办理结果"].text == "本年度办结的政府信息公开申请中，予以公开2件、不予公开2件。"
    assert requests["行政复议和行政诉讼"].text.endswith("被申请行政复议0件，被提起行政诉讼1件。")
    assert requests["行政诉讼结果"].text == "行政诉讼中，结果纠正1件。"
    assert "行政复议结果" not in requests
    disclosure = offered(report, "overview.disclosure")
    assert disclosure["行政规范性文件"].text == (
        "2024年，常乐镇制发行政规范性文件2件，废止0件，现行有效7件。"
    )
    assert disclosure["行政事业性收费"].text == "2024年，常乐镇行政事业性收费3.50万元。"
    assert not any(offer.wanting or offer.says for offer in (*requests.values(), *disclosure.values()))


def test_no_request_at_all_is_said_naturally() -> None:
    requests = offered(report_of({}), "overview.requests")
    assert [offer.text for offer in requests.values()] == [
        "2024年，常乐镇未收到政府信息公开申请，也没有上年结转的申请。",
        "2024年，常乐镇没有因政府信息公开被申请行政复议、被提起行政诉讼。",
    ]


def test_a_blank_cell_is_named_and_no_number_invented() -> None:
    report = report_of({"requests.new.person": 3})
    del report.cells[CellRef("requests", "carried_in", "other")]
    offer = offered(report, "overview.requests")["收到和办理总数"]
    assert offer.text == (
        "2024年，常乐镇新收政府信息公开申请3件，上年结转××件，办结0件，结转下年度继续办理0件。"
    )
    assert offer.wanting == (CellRef("requests", "carried_in", "other"),)
    assert offer.says.startswith("还没有填：表三 二、上年结转政府信息公开申请数量 法人或其他组织 其他。")


def test_an_empty_table_offers_its_sentences_with_every_number_wanting() -> None:
    for part in ("overview.requests", "overview.disclosure"):
        for offer in offered(report_of({}, zeros=False), part).values():
            assert WANTING in offer.text
            assert offer.wanting
            assert "格。" in offer.says or len(offer.wanting) <= 3


def test_parts_without_numbers_offer_nothing() -> None:
    assert offered(report_of({}), "overview.supervision") == {}


@given(cells(FORM))
def test_no_sentence_holds_a_number_that_rests_on_a_blank(numbers: dict[CellRef, Value]) -> None:
    report = report_of({}, zeros=False)
    report.cells = dict(numbers)
    for part in FORM.parts:
        for offer in offered(report, part).values():
            assert (WANTING in offer.text) == bool(offer.wanting)
            assert "{" not in offer.text


def blamed(report: Report, *, alone: str = "") -> list[str]:
    """What the checks say against the tables of a text made of all sentences, or of one of them.

    A hint is left out: a suit beside no request is legitimate.
    """
    for part in FORM.parts:
        told = [offer.text for offer in offered(report, part).values() if alone in ("", offer.name)]
        report.prose[part] = "".join(told)
    findings = check_report(FORM, report, dt.date(2025, 1, 9))
    return [
        found.message
        for found in findings
        if found.part and found.cells and found.severity is not Severity.HINT
    ]


def figures_of(pattern: Pattern) -> list[list[CellRef]]:
    """For each number that the pattern tells, the cells that a clerk types for it."""
    typed_under = relate(FORM).typed_under
    refs = [cells_of(FORM, name) for name in pattern.numbers()]
    return [[cell for ref in one for cell in typed_under.get(ref, (ref,))] for one in refs]


PATTERNS = load_patterns(FORM)
TOLD = [cell for pattern in PATTERNS for one in figures_of(pattern) for cell in one]
"""Each cell as often as sentences tell of it, so that draws meet several members of one list."""


@pytest.mark.parametrize("pattern", PATTERNS, ids=[pattern.name for pattern in PATTERNS])
def test_no_two_numbers_of_a_sentence_are_ever_blamed(pattern: Pattern) -> None:
    """自然人 4 and 其他 5 gave 其他组织申请5件, which was read as all requests."""
    figures = figures_of(pattern)
    for first, second in itertools.product(figures, repeat=2):
        report = report_of({str(first[0]): 4, str(second[-1]): 5})
        assert blamed(report, alone=pattern.name) == []


@given(st.data())
def test_text_made_of_sentences_agrees_with_the_tables(data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.sampled_from(TOLD), max_size=12))
    small = st.sampled_from((1, 2, 4, 5, 9, 10, 11, 12, 20, 101, 110, 12_345))
    report = report_of({}, unit=data.draw(st.sampled_from(UNITS)))
    report.cells.update({cell: data.draw(small) for cell in drawn})
    alone = data.draw(st.sampled_from(("", *(pattern.name for pattern in PATTERNS))))
    assert blamed(report, alone=alone) == []


@settings(max_examples=25)
@given(cells(FORM, max_size=8))
def test_text_made_of_sentences_agrees_with_any_numbers(numbers: dict[CellRef, Value]) -> None:
    report = report_of({}, zeros=False)
    report.cells = {ref: numbers.get(ref, 0) for ref in typed_cells(FORM)}
    assert blamed(report) == []


def test_an_edition_without_patterns_offers_nothing() -> None:
    form = third_form()
    assert load_patterns(form) == ()
    assert offers(form, new_report(form, 2031, "某镇"), {}, "basics.work") == ()


def test_another_edition_brings_its_own_patterns(tmp_path: Path) -> None:
    form = third_form()
    path = tmp_path / "third.toml"
    path.write_text(
        '[[sentences]]\npart = "basics.staff"\nname = "人员"\ntext = "{unit}现有{staff.posts.all}人。"\n',
        encoding="utf-8",
    )
    report = new_report(form, 2031, "某镇")
    report.cells.update(dict.fromkeys((ref for ref in typed_cells(form) if ref.table == "staff"), 2))
    totals, _ = compute_totals(relate(form), report.cells)
    (offer,) = offers(form, report, totals, "basics.staff", read_patterns(path, form))
    assert offer.text == "某镇现有6人。"


@pytest.mark.parametrize(
    ("part", "number"), [("nowhere", "staff.posts.all"), ("basics.staff", "staff.none.*")]
)
def test_a_pattern_that_does_not_suit_its_form_is_refused(tmp_path: Path, part: str, number: str) -> None:
    path = tmp_path / "third.toml"
    path.write_text(
        f'[[sentences]]\npart = "{part}"\nname = "人员"\ntext = "{{{number}}}人"\n', encoding="utf-8"
    )
    with pytest.raises(PatternError):
        read_patterns(path, third_form())
