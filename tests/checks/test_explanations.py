"""A 说明 settles the finding it was written for and no later one; those of earlier versions go on where certain."""

import dataclasses
import datetime as dt
import hashlib

from reportdesk.checks.engine import Finding, Severity, check_report
from reportdesk.checks.fixes import find_fixes
from reportdesk.report.document import Explanation, Fact, Report
from reportdesk.report.edits import apply_edit
from tests.checks.rule_cases import FORM, TODAY

PART = "overview.disclosure"
STALE = "2023年，我镇公开信息30条。"


def report_with(text: str, part: str = PART) -> Report:
    facts = {Fact.YEAR: "2024", Fact.FULL_NAME: "柳川县白河镇人民政府", Fact.COUNTY: "柳川县"}
    return Report("2021", facts, prose={part: text})


def coded(report: Report, code: str, today: dt.date = TODAY) -> list[Finding]:
    return [found for found in check_report(FORM, report, today) if found.code == code]


def explain(report: Report, found: Finding) -> None:
    report.explanations[found.key] = Explanation("确是上年的事", found.fingerprint)


def test_two_findings_of_a_part_have_keys_of_their_own() -> None:
    report = report_with("2023年，我镇公开信息30条。2023年，我镇召开会议4次。")
    first, second = coded(report, "TXT-1")
    assert first.key != second.key
    explain(report, first)
    assert [bool(found.settled) for found in coded(report, "TXT-1")] == [True, False]


def test_a_later_sentence_with_the_same_words_is_not_settled_in_silence() -> None:
    report = report_with(STALE)
    explain(report, coded(report, "TXT-1")[0])
    report.prose[PART] += "2023年，我镇受理咨询8次。" + STALE
    assert [bool(found.settled) for found in coded(report, "TXT-1")] == [True, False, False]


def test_the_same_stranger_in_another_sentence_is_another_finding() -> None:
    report = report_with("泗洪县人民政府网站转载信息3条。")
    explain(report, coded(report, "TXT-5")[0])
    report.prose[PART] += "泗洪县政务公开办每季度检查。"
    assert [bool(found.settled) for found in coded(report, "TXT-5")] == [True, False]


def test_what_is_typed_elsewhere_leaves_a_reason_in_force() -> None:
    report = report_with(STALE)
    explain(report, coded(report, "TXT-1")[0])
    report.prose[PART] = f"我镇高度重视。{STALE}另有培训2次。"
    assert [bool(found.settled) for found in coded(report, "TXT-1")] == [True]


def test_a_reason_for_the_deadline_holds_on_the_next_day() -> None:
    report = report_with("公开信息30条。")
    late = dt.date(2025, 2, 3)
    explain(report, coded(report, "MET-2", late)[0])
    (found,) = coded(report, "MET-2", late + dt.timedelta(days=1))
    assert found.settled


def as_kept_before(found: Finding) -> tuple[str, Explanation]:
    """Key and 说明 as the first version wrote them: without the sentence."""
    key = ":".join(filter(None, (found.code, found.part, found.about)))
    digest = hashlib.sha256(f"{found.code}\n{found.message}".encode()).hexdigest()[:16]
    return key, Explanation("确是上年的事", digest)


def test_a_reason_of_an_earlier_version_goes_on_where_one_finding_only_can_be_meant() -> None:
    report = report_with(STALE)
    report.explanations = dict([as_kept_before(coded(report, "TXT-1")[0])])
    assert [bool(found.settled) for found in coded(report, "TXT-1")] == [True]
    report.prose[PART] += STALE
    assert [bool(found.settled) for found in coded(report, "TXT-1")] == [False, False]


def test_a_masked_number_is_one_finding() -> None:
    found = check_report(FORM, report_with("申请人身份证号3412**********1234，电话138****4567。"), TODAY)
    assert [one.code for one in found if one.part == PART and one.severity is not Severity.HINT] == [
        "TXT-6"
    ] * 2


def test_the_number_beside_the_title_of_the_former_notice_is_named_and_not_changed() -> None:
    former = "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）"
    report = report_with(f"根据{former}编制。", "opening")
    assert [found.code for found in coded(report, "TXT-4")] == ["TXT-4"]
    assert "TXT-4" not in {fix.code for fix in find_fixes(FORM, report)}


def test_the_forms_own_number_mistyped_is_put_right() -> None:
    report = report_with("根据国办发[2021]30号、国办公开办函〔2019〕61号编制。", "opening")
    (fix,) = (fix for fix in find_fixes(FORM, report) if fix.code == "TXT-4")
    apply_edit(report, fix.edit)
    assert report.prose["opening"] == "根据国办公开办函〔2021〕30号、国办公开办函〔2019〕61号编制。"


def test_a_reason_is_not_lost_where_the_worker_tells_the_finding() -> None:
    (found,) = coded(report_with(STALE), "TXT-1")
    assert dataclasses.replace(found).key == found.key
    assert found.place in found.key
