"""审核单, 送审稿 and 修改对照单: what a leader finds on them, and that they say they are internal."""

import datetime as dt
import io
import re
from copy import deepcopy
from decimal import Decimal

import pdfplumber
import pytest

from reportdesk import __version__
from reportdesk.checks.engine import Finding, Severity, check_report
from reportdesk.checks.outcome import Checked
from reportdesk.exports.internal.draft import SCALE, Sending, render_changes, render_draft
from reportdesk.exports.internal.review_sheet import render_slip
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.form.spec import CellRef, Form
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report, Snapshot, new_report
from tests.editions import third_form
from tests.test_example import FORM, example

FACES = bundled_faces()
NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
TODAY = NOW.date()
PERSON = CellRef("requests", "new", "person")
PENALTIES = CellRef("disclosure", "penalties", "decisions")
FEES = CellRef("disclosure", "fees", "charged")


def pages(content: bytes) -> list[str]:
    """Each page's text without spaces, which differ by how cells are set."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [re.sub(r"\s+", "", page.extract_text()) for page in pdf.pages]


def slip(report: Report, findings: list[Finding] | None = None) -> str:
    found = check_report(FORM, report, TODAY) if findings is None else findings
    return "".join(pages(render_slip(FORM, report, Checked(found), NOW, FACES)))


def with_last_year(**changed: int) -> Report:
    report = example()
    cells = dict(report.cells)
    cells.update({PENALTIES: changed.get("penalties", 10)})
    report.previous[2023] = Snapshot("2021", {Fact.YEAR: "2023"}, {}, cells)
    return report


def test_lost_suits_and_fees_stand_above_every_other_figure() -> None:
    report = with_last_year(penalties=12)
    report.cells[FEES] = Decimal("3.50")
    text = slip(report)
    lost, fees, other = (
        text.index(words) for words in ("行政诉讼败诉（被纠正）11", "3.500+3.50", "表二行政许可")
    )
    assert lost < fees < other
    assert "行政处罚本年处理决定数量1012-2" in text


def test_zeros_of_both_years_are_left_out_but_not_a_number_that_went_to_zero() -> None:
    report = with_last_year(penalties=3)
    report.cells[PENALTIES] = 0
    text = slip(report)
    assert "行政处罚本年处理决定数量03-3" in text
    assert "行政强制" not in text


def test_a_blank_is_not_shown_as_zero() -> None:
    report = with_last_year(penalties=3)
    del report.cells[PENALTIES]
    assert "行政处罚本年处理决定数量未填3—" in slip(report)


def test_last_year_in_another_form_is_not_compared_cell_by_cell() -> None:
    report = example()
    report.previous[2023] = Snapshot("2019", {Fact.YEAR: "2023"}, {}, {PENALTIES: 99})
    text = slip(report)
    assert "另一种格式" in text
    assert "99" not in text


def test_findings_come_with_their_explanations() -> None:
    found = [
        Finding("A-1", Severity.WARNING, "这里不对。", "requests", settled="县里统一清理。"),
        Finding("A-2", Severity.ERROR, "那里不平。", "requests"),
    ]
    text = slip(example(), found)
    assert "必须改1处；已说明1处。" in text
    assert text.index("那里不平。") < text.index("这里不对。") < text.index("说明：县里统一清理。")


def test_nobody_signs_on_a_page_without_figures_however_long_the_slip() -> None:
    for count in range(0, 24, 3):
        found = Finding("REQ-1", Severity.WARNING, f"表三对不上，{'请核对。' * 20}", "requests")
        printed = pages(render_slip(FORM, example(), Checked([found] * count), NOW, FACES))
        page = next(text for text in printed if "、审签" in text)
        assert all(who in page for who in ("签字前请核对", "拟稿", "签发", "主要数字", "行政诉讼败诉")), count


def changed_throughout() -> Report:
    """Every number is large and another than last year, some are to be verified, one is blank."""
    report = example()
    refs = [ref for table in FORM.tables.values() for ref in FORM.typed_of(table)]
    report.cells = {ref: 1_000_000 + 137 * number for number, ref in enumerate(refs)}
    report.previous[2023] = Snapshot("2021", {Fact.YEAR: "2023"}, {}, dict(report.cells))
    report.cells.update({ref: value + 30_000 for ref, value in report.cells.items()})
    report.unverified = dict.fromkeys(refs[3:60], True)
    del report.cells[PENALTIES]
    return report


def test_a_usual_slip_takes_one_page_and_one_with_everything_in_it_two() -> None:
    for report in (example(), with_last_year(penalties=12)):
        found = check_report(FORM, report, TODAY)
        assert len(pages(render_slip(FORM, report, Checked(found), NOW, FACES, "常乐镇2024.gknb"))) == 1
    settled = [
        Finding("A-1", Severity.WARNING, f"第 {n} 处。", "requests", settled="已核对。") for n in range(9)
    ]
    report = changed_throughout()
    for found in (check_report(FORM, report, TODAY), settled):
        printed = pages(render_slip(FORM, report, Checked(found), NOW, FACES))
        assert len(printed) <= 2
        assert "表三一、本年新收政府信息公开申请数量" in printed[0]
        assert "待核实（57格）" in printed[1]
    empty = new_report(FORM, 2024, "常乐镇人民政府")
    assert len(pages(render_slip(FORM, empty, Checked(check_report(FORM, empty, TODAY)), NOW, FACES))) <= 2


def test_warnings_of_one_kind_stand_together_only_where_there_is_no_room_and_errors_never() -> None:
    warnings = [
        Finding("A-1", Severity.WARNING, f"第{n}处重复，{'请核对。' * 9}", "overview") for n in range(60)
    ]
    errors = [Finding("B-1", Severity.ERROR, f"第{n}处不平。", "requests") for n in range(20)]
    text = slip(example(), [*warnings, *errors])
    assert "第0处重复" in text
    assert "（同类的另有59处：总体情况59处）" in text
    assert "提醒60处" in text
    assert all(f"第{n}处不平。" in text for n in range(20))
    few = slip(example(), warnings[:5])
    assert all(f"第{n}处重复" in few for n in range(5))


def test_a_paper_without_last_year_has_no_column_of_dashes() -> None:
    text = slip(example(), [])
    assert "没有上年年报" in text
    assert "2023年" not in text
    assert "—" not in text
    assert "增减" in slip(with_last_year(penalties=12), [])


def test_what_the_paper_says_of_its_choice_of_figures_is_true() -> None:
    report = with_last_year(penalties=12)
    report.cells[FEES] = 0
    said = "列出本年或者上年不是0的数字；前3行总是列出。"
    assert said in slip(report, [])
    assert "列出本年不是0的数字；前3行总是列出。" in slip(example(), [])


def test_a_sum_of_which_a_part_is_blank_is_not_told_as_whole() -> None:
    report = with_last_year(penalties=10)
    role = FORM.cell_roles["litigation_corrected"]
    for ref in role:
        report.cells[ref] = 0
    del report.cells[role[0]]
    text = slip(report, [])
    assert "行政诉讼败诉（被纠正）（本年有1格未填）01—" in text


def test_blanks_are_named_where_they_are_few_and_counted_where_they_are_many() -> None:
    report = example()
    del report.cells[PENALTIES]
    text = slip(report, [])
    assert "没有填的表二有1格没有填：表二行政处罚本年处理决定数量。" in text
    empty = slip(new_report(FORM, 2024, "常乐镇人民政府"), [])
    assert "表三有144格没有填；" in empty
    assert "〔总体情况〕没有文字：（一）主动公开、" in empty


def test_the_numbers_of_a_row_stand_behind_its_name_where_there_is_little_room() -> None:
    report = example()
    rows = [row.id for row in FORM.tables["requests"].blocks[0].rows if not row.total_of]
    for row in rows:
        report.cells[CellRef("requests", row, "person")] = 3
        report.cells[CellRef("requests", row, "other")] = 4
    text = slip(report, [])
    assert "表三一、本年新收政府信息公开申请数量：自然人3，其他47" in text


def test_the_slip_bears_code_versions_signers_and_that_it_is_internal() -> None:
    text = slip(example(), [])
    assert f"核对码{check_code(FORM, example())}" in text
    assert f"年报台{__version__}" in text
    assert "格式2021" in text
    assert re.search(r"审核规则\d+条（[0-9A-Z]{8}）", text)
    for signer in ("拟稿", "初审", "复审", "终审", "保密审查", "签发"):
        assert signer in text
    assert "内部资料" in text
    assert "没有发现问题。" in text


def test_a_reopened_report_says_that_older_slips_are_void() -> None:
    report = example()
    report.facts[Fact.REOPENED] = "2025年1月10日由定稿改为草稿：领导要求"
    text = slip(report, [])
    assert "此前签过的审核单已作废" in text
    assert "领导要求" in text


@pytest.mark.parametrize("form", [FORM, third_form()])
def test_a_blank_report_and_another_edition_have_their_papers_too(form: Form) -> None:
    report = new_report(form, 2024, "常乐镇人民政府")
    for content in (
        render_slip(form, report, Checked(), NOW, FACES),
        render_draft(form, report, Sending(1, NOW), FACES),
        render_changes(form, report, report, (Sending(1, NOW), Sending(2, NOW)), FACES),
    ):
        assert pages(content)


def test_a_finding_longer_than_a_page_is_printed_whole() -> None:
    long = "".join(f"第{number}句很长的话。" for number in range(900))
    text = slip(example(), [Finding("A-1", Severity.WARNING, "不对。", "requests", settled=long)])
    assert all(f"第{number}句" in text for number in (0, 449, 899))


def test_the_draft_has_the_pages_of_the_published_pdf_and_numbers_its_lines() -> None:
    drafted = pages(render_draft(FORM, example(), Sending(2, NOW), FACES))
    published = render_pdf(FORM, example(), faces=FACES)
    assert len(drafted) == published.page_count
    for text in drafted:
        assert "内部送审稿第2稿" in text
        assert "2025年1月9日10:32打印" in text
        assert check_code(FORM, example()) in text
    first = pages(render_draft(FORM, example(), Sending(2, NOW), FACES))[1]
    assert "22" in first


def test_the_draft_leaves_a_wide_margin_and_breaks_its_lines_where_the_report_does() -> None:
    with (
        pdfplumber.open(io.BytesIO(render_draft(FORM, example(), Sending(1, NOW), FACES))) as drafted,
        pdfplumber.open(io.BytesIO(render_pdf(FORM, example(), faces=FACES).content)) as published,
    ):
        page, other = drafted.pages[1], published.pages[1]
        body = [char for char in page.chars if char["size"] > 12.5]
        whole = [char for char in other.chars if char["size"] > 15]
        assert (
            max(char["x1"] for char in body) < float(page.width) - 45 * 72 / 25.4
        )  # the last comma overhangs
        assert [char["text"] for char in body] == [char["text"] for char in whole]
        assert body[0]["size"] == pytest.approx(whole[0]["size"] * SCALE)


def test_changes_are_told_by_row_and_sentence() -> None:
    before = example()
    before.cells[PERSON] = 3
    after = deepcopy(before)
    after.cells[PERSON] = 4
    before.prose["other_matters.text"] = "甲事。乙事。"
    after.prose["other_matters.text"] = "甲事。丙事。"
    made = render_changes(FORM, before, after, (Sending(1, NOW), Sending(2, NOW)), FACES)
    text = "".join(pages(made))
    assert "表三第1行一、本年新收政府信息公开申请数量自然人34" in text
    assert "乙事。丙事。" in text
    assert "甲事。" not in text
    assert check_code(FORM, before) in text
    assert check_code(FORM, after) in text
    assert "内部修改对照单" in text


def marked(page: pdfplumber.page.Page) -> tuple[str, str]:
    """The characters with a line through them, and those with a line under them."""
    struck = underlined = ""
    for char in page.chars:
        middle, status_line = char["bottom"] - 0.5 * char["size"], char["bottom"]
        for line in page.lines:
            over = line["x0"] - 0.1 <= (char["x0"] + char["x1"]) / 2 <= line["x1"] + 0.1
            inside = line["x1"] - line["x0"] < 200 and line["top"] == line["bottom"]
            if over and inside and abs(line["top"] - middle) < 0.3 * char["size"]:
                struck += char["text"]
            elif over and inside and abs(line["top"] - status_line) < 0.2 * char["size"]:
                underlined += char["text"]
                assert "Hei" in char["fontname"] or "Sans" in char["fontname"], "and bold"
    return struck, underlined


@pytest.mark.parametrize(
    ("before", "after", "out", "into"),
    [
        ("全年主动公开1578条。", "全年主动公开1587条。", "1578", "1587"),
        ("公开信息69条，培训2次。", "公开信息96条，培训2次。", "69", "96"),
        ("办理申请3件，均按时答复。", "办理申请3件，均依法按时答复。", "", "依法"),
        ("我镇认真、及时地答复了申请。", "我镇及时地答复了申请。", "认真、", ""),
        ("完全是另外一句话。", "此处已经改写过了", "完全是另外一句话。", "此处已经改写过了"),
    ],
)
def test_words_taken_out_are_struck_and_words_put_in_are_underlined_and_bold(
    before: str, after: str, out: str, into: str
) -> None:
    one, other = example(), example()
    one.prose["other_matters.text"], other.prose["other_matters.text"] = before, after
    made = render_changes(FORM, one, other, (Sending(1, NOW), Sending(2, NOW)), FACES)
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert marked(pdf.pages[0]) == (out, into)


def test_words_that_stand_unchanged_far_from_a_change_are_left_out() -> None:
    one, other = example(), example()
    far, near = "甲" * 40, "我镇加强公开平台建设"
    one.prose["other_matters.text"] = f"{far}{near}，共5处。"
    other.prose["other_matters.text"] = f"{far}{near}，共6处。"
    made = render_changes(FORM, one, other, (Sending(1, NOW), Sending(2, NOW)), FACES)
    text = "".join(pages(made))
    assert text.count("…") >= 2
    assert far not in text
    assert text.count("台建设，共") == 2


def test_a_row_that_goes_on_over_a_page_names_its_place_again() -> None:
    before, after = example(), example()
    before.prose["other_matters.text"] = "".join(f"旧{number}字，" for number in range(2000))
    after.prose["other_matters.text"] = "新的。"
    made = render_changes(FORM, before, after, (Sending(1, NOW), Sending(2, NOW)), FACES)
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        first, *others = (
            page.crop((0, 0, 0.3 * page.width, page.height)).extract_text().replace("\n", "")
            for page in pdf.pages
        )
    assert others
    assert "六、其他需要报告的事项" in first
    assert "（续）" not in first
    assert all(page.count("六、其他需要报告的事项（续）") == 1 for page in others)


def test_a_change_longer_than_a_page_goes_on_on_the_next() -> None:
    before, after = example(), example()
    before.prose["other_matters.text"] = "".join(f"旧{number}字，" for number in range(2000))
    after.prose["other_matters.text"] = "新的。"
    made = pages(render_changes(FORM, before, after, (Sending(1, NOW), Sending(2, NOW)), FACES))
    assert len(made) > 3
    assert all(f"旧{number}" in "".join(made) for number in (0, 1999))
    assert all("第1稿" in page for page in made)


def test_the_same_words_twice_say_so() -> None:
    made = render_changes(FORM, example(), example(), (Sending(1, NOW), Sending(2, NOW)), FACES)
    assert "完全相同" in "".join(pages(made))


def test_numbers_to_be_verified_are_named_with_what_they_are() -> None:
    report = example()
    report.unverified[PERSON] = True
    report.cells[PERSON] = 17
    text = slip(report, [])
    assert "待核实（1格）" in text
    assert re.search(r"待核实（1格）1\..*：17", text)
