"""YR-5 and YR-6 beside 沿用: what stands as it stood is a hint until it is touched; what is merely alike is a warning."""

from reportdesk.checks.engine import Finding, Severity, check_report
from reportdesk.report.document import Fact, Report, Snapshot
from reportdesk.report.edits import apply_edit
from reportdesk.session.last_year_text import take_over
from tests.checks.rule_cases import FORM, TODAY

PART = "overview.management"
FIRST = (
    "镇政府健全信息发布审核机制，落实先审查后公开，指定专人负责网站栏目的日常更新和维护，确保公开内容准确。"
)
SECOND = (
    "加强规范性文件管理，及时清理失效文件，在网站专栏集中公开，方便群众查询，全年组织两次业务培训和一次自查。"
)


def last_year() -> Snapshot:
    return Snapshot("2021", {Fact.YEAR: "2023"}, {PART: f"{FIRST}\n{SECOND}"}, {})


def report_with(text: str) -> Report:
    report = Report("2021", {Fact.YEAR: "2024"}, prose={PART: text})
    report.previous[2023] = last_year()
    return report


def likeness(report: Report, last: Snapshot | None = None) -> list[Finding]:
    return [found for found in check_report(FORM, report, TODAY, last) if found.code in {"YR-5", "YR-6"}]


def test_paragraphs_taken_over_are_one_hint_that_marks_each() -> None:
    report = report_with("")
    for text in (FIRST, SECOND):
        apply_edit(report, take_over(report, FORM, PART, text))
    (found,) = likeness(report)
    assert (found.severity, found.part) == (Severity.HINT, PART)
    assert "有 2 段与上年年报完全相同" in found.message
    assert [report.prose[PART][slice(*passage.now)] for passage in found.passages] == [FIRST, SECOND]
    assert [last_year().prose[PART][slice(*passage.then)] for passage in found.passages] == [FIRST, SECOND]


def test_a_paragraph_that_is_touched_is_a_hint_no_longer() -> None:
    report = report_with("今年新建了公开专区。\n" + FIRST)
    assert [found.severity for found in likeness(report)] == [Severity.HINT]
    report.prose[PART] = "今年新建了公开专区。\n本年度由综合办公室牵头，按月通报各村公开情况，新增三个栏目。"
    assert likeness(report) == []


def test_a_paragraph_that_is_hardly_touched_is_a_warning_beside_the_hint() -> None:
    near = SECOND.replace("全年组织", "本年组织")
    padded = f"{near}\n{near}"
    severities = {found.severity for found in likeness(report_with(f"{FIRST}\n{padded}"))}
    assert severities == {Severity.HINT, Severity.WARNING}


def test_beside_a_file_of_last_year_the_same_words_are_a_warning() -> None:
    report = report_with(f"{FIRST}\n{SECOND}")
    report.previous.clear()
    assert [found.severity for found in likeness(report, last_year())] == [Severity.WARNING]


def test_a_stock_line_is_nothing_taken_over() -> None:
    report = report_with("本年度没有发生。")
    report.previous[2023] = Snapshot("2021", {Fact.YEAR: "2023"}, {PART: "本年度没有发生。"}, {})
    assert likeness(report) == []


def test_a_part_left_whole_as_it_was_is_a_warning_once_its_section_is_marked_finished() -> None:
    report = report_with(f"{FIRST}\n{SECOND}")
    report.finished["overview"] = True
    assert [found.severity for found in likeness(report)] == [Severity.WARNING]
    report.prose[PART] = (
        f"{FIRST}\n今年新建公开专区两处，制作图解六期，按月通报各村公开情况，年终汇总考核结果。"
    )
    assert [found.severity for found in likeness(report)] == [Severity.HINT]


def test_a_stock_line_stays_one_in_a_finished_section() -> None:
    report = report_with("没有规范性文件制发权，本年度未制发行政规范性文件。")
    report.finished["overview"] = True
    report.previous[2023] = Snapshot("2021", {Fact.YEAR: "2023"}, dict(report.prose), {})
    assert not any(found.severity is Severity.WARNING for found in likeness(report))
