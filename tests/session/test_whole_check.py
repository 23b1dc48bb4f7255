"""The window, the papers and the command line find the same, and none says 没有发现问题 without what it left out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QApplication

from reportdesk.checks.engine import check_report
from reportdesk.checks.outcome import Checked
from reportdesk.cli import main
from reportdesk.exports.formats import Choices
from reportdesk.gui.look.theme import Scheme, theme_for
from reportdesk.gui.saving.recent_reports import RecentReports
from reportdesk.gui.start.report_row import ReportRow, says_of
from reportdesk.outgoing.internal_papers import Desk, make_slip
from reportdesk.outgoing.submission import Order, make_submission
from reportdesk.report.document import Report, new_report
from reportdesk.session.compared import what_was_compared
from reportdesk.session.session import CheckState, Session
from reportdesk.session.verdict import verdict
from reportdesk.session.whole_check import Scope, check_whole
from reportdesk.store.file import write_report
from reportdesk.store.folders import Folders
from reportdesk.store.others import MOST_OTHERS, read_others
from reportdesk.store.user_data import library
from reportdesk.store.user_data.library import read_library, remember, summarize
from tests.exports.test_internal_papers import pages
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
PART = "overview.management"
NO_WORDS = "错别字没有查"
UNREAD = "有 1 份别的年报读不了，没有和它们比较"
CHOICES = Choices(bundled_fonts=True)


def clean() -> Report:
    """A report in which no rule finds anything."""
    report = example()
    report.prose["overview.supervision"] += "工作考核、社会评议结果良好，未发生责任追究情况。"
    report.prose["overview.requests"] = "依法依规办理政府信息公开申请，办理程序规范有序。"
    other = report.prose["other_matters.text"]
    report.prose["other_matters.text"] = other.replace("未收到政府信息公开申请，", "")
    return report


def copied_from(path: Path) -> Path:
    """Another unit's report with a part of the same words."""
    other = new_report(FORM, 2024, "柳川县石桥镇人民政府")
    other.prose[PART] = example().prose[PART]
    write_report(path, other)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "坏的.gknb"
    path.write_bytes(b"{")
    return path


def session_of(report: Report, *others: Path, words: bool = True) -> Session:
    """As the window has it once all rules ran."""
    session = Session(FORM, report, NOW.date())
    session.want_words(wanted=words)
    session.know_others(others)
    if words:
        session.take_words([])
    session.check_prose(others=read_others(session.other_reports))
    assert session.check_state is CheckState.DONE
    return session


def slip(report: Report, session: Session, folder: Path) -> str:
    desk = Desk(folder / "常乐镇.gknb", folder / "sent", session.scope)
    (paper,) = make_slip(FORM, report, desk, NOW, CHOICES)
    return "".join(pages(paper.path.read_bytes()))


def test_nothing_is_said_to_be_found_in_a_report_without_faults(tmp_path: Path) -> None:
    assert [one.code for one in check_report(FORM, clean(), NOW.date())] == []
    session = session_of(clean())
    assert verdict(session) == "没有发现问题。"
    assert "没有发现问题。" in slip(clean(), session, tmp_path)


def test_the_slip_lists_what_the_window_lists_of_the_other_reports_here(tmp_path: Path) -> None:
    report = clean()
    session = session_of(report, copied_from(tmp_path / "石桥镇.gknb"))
    session.know_titles({report.name_in_title(): frozenset({"柳川县石桥镇人民政府"})})
    assert {one.code for one in session.findings} == {"UNIT-3", "UNIT-4"}
    printed = slip(report, session, tmp_path)
    assert "没有发现问题" not in printed
    for found in session.findings:
        assert found.message[:12] in printed


def test_the_slip_of_a_hand_in_lists_it_too(tmp_path: Path) -> None:
    report = clean()
    session = session_of(report, copied_from(tmp_path / "石桥镇.gknb"))
    order = Order(NOW, scope=session.scope)
    made = make_submission(FORM, report, order, tmp_path, CHOICES, lambda *_: None)
    paper = next(one for one in made.files if "审核单" in one.path)
    printed = "".join(pages((made.folder / paper.path).read_bytes()))
    assert "没有发现问题" not in printed
    assert "“柳川县石桥镇人民政府”2024年年报" in printed


def test_with_the_words_switched_off_the_slip_finds_none_and_says_so(tmp_path: Path) -> None:
    report = clean()
    report.prose["other_matters.text"] += "主动公公开信息。"
    session = session_of(report, words=False)
    assert NO_WORDS in verdict(session)
    printed = slip(report, session, tmp_path)
    assert "没有发现问题。" in printed
    assert NO_WORDS in printed
    assert "“公公”" not in printed


def test_a_report_that_cannot_be_read_is_said_wherever_nothing_is_found(tmp_path: Path, broken: Path) -> None:
    session = session_of(clean(), broken)
    assert UNREAD in verdict(session)
    said = slip(clean(), session, tmp_path)
    assert UNREAD.replace(" ", "") in said.replace(" ", "")
    compared = what_was_compared(session)
    assert "和 0 份比较过是不是雷同" in compared
    assert "有 1 份读不了，没有比较：“坏的.gknb”" in compared


def test_what_waits_while_one_writes_goes_with_it_too(broken: Path) -> None:
    session = Session(FORM, new_report(FORM, 2024, "常乐镇人民政府"), NOW.date())
    session.want_words(wanted=False)
    session.know_others((broken,))
    session.check_prose(while_writing=True, others=read_others(session.other_reports))
    assert not session.findings
    assert UNREAD in verdict(session)
    assert NO_WORDS in verdict(session)


def test_once_it_can_be_read_nothing_is_said_of_it(broken: Path) -> None:
    session = session_of(clean(), broken)
    broken.unlink()
    other = new_report(FORM, 2024, "柳川县石桥镇人民政府")
    other.prose[PART] = "全年对栏目清理了两次。" * 9
    write_report(broken, other)
    told: list[bool] = []
    session.subscribe(lambda heard: told.append(heard.findings_changed))
    session.check_prose(others=read_others(session.other_reports))
    assert told == [True], "the panel shows its verdict anew"
    assert verdict(session) == "没有发现问题。"
    assert "和 1 份比较过是不是雷同" in what_was_compared(session)


def test_what_was_compared_is_told_of_reports_that_are_not_there_pending_and_too_many(tmp_path: Path) -> None:
    session = session_of(clean())
    assert "没有和别的单位比较是不是雷同" in what_was_compared(session)
    session.know_others((tmp_path / "a.gknb",))
    assert "列表里有 1 份，现在的内容还没有和它们比较" in what_was_compared(session)
    many = tuple(tmp_path / f"{number}.gknb" for number in range(MOST_OTHERS + 2))
    assert "另有 2 份很久没有打开过，没有比较" in what_was_compared(session_of(clean(), *many))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("words", [True, False])
@pytest.mark.parametrize("is_unread", [True, False])
def test_the_list_of_reports_says_what_the_window_says(
    tmp_path: Path, broken: Path, *, words: bool, is_unread: bool
) -> None:
    report, path, library = clean(), tmp_path / "a.gknb", tmp_path / "library.json"
    write_report(path, report)
    session = session_of(report, *([broken] if is_unread else []), words=words)
    summary = summarize(FORM, report, Checked(session.all_findings, session.left_out))
    remember(library, path, summary, NOW)
    (entry,), _sentence = read_library(library, NOW)
    assert verdict(session).rstrip("。") in says_of(entry)
    tip = ReportRow(entry, theme_for(Scheme.LIGHT)).toolTip()
    assert (NO_WORDS in tip, UNREAD in tip) == (not words, is_unread)


def test_a_list_of_an_earlier_version_says_nothing_of_what_it_did_not_keep(tmp_path: Path) -> None:
    path, library = tmp_path / "a.gknb", tmp_path / "library.json"
    write_report(path, clean())
    remember(library, path, summarize(FORM, clean(), Checked()), NOW)
    kept = library.read_text("utf-8").replace('"left_out"', '"unknown"')
    library.write_text(kept, "utf-8")
    (entry,), _sentence = read_library(library, NOW)
    assert "还没有审核" in says_of(entry)


def test_the_command_line_says_of_each_file_that_another_could_not_be_read(
    tmp_path: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "常乐镇.gknb"
    write_report(path, clean())
    main(["check", str(path), str(broken), "--today", "2025-01-09"])
    assert UNREAD in next(line for line in capsys.readouterr().out.splitlines() if "没有发现问题" in line)
    main(["check", str(path), "--today", "2025-01-09"])
    assert capsys.readouterr().out.splitlines()[-1] == "没有发现问题。"


def test_the_whole_check_is_what_the_window_finds(tmp_path: Path, broken: Path) -> None:
    report = clean()
    others = (copied_from(tmp_path / "石桥镇.gknb"), broken)
    session = session_of(report, *others, words=False)
    checked = check_whole(FORM, report, NOW.date(), session.scope)
    assert list(checked.findings) == session.all_findings
    assert checked.left_out == session.left_out
    alone = check_whole(FORM, report, NOW.date(), Scope())
    assert (alone.findings, alone.left_out.says) == ([], "")


@pytest.mark.parametrize("content", [b"{", None], ids=["broken", "refused"])
def test_a_list_of_reports_that_cannot_be_read_is_said_too(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    folders = Folders(tmp_path, tmp_path, tmp_path)
    folders.library_file.write_bytes(content or b"{}")
    if content is None:
        monkeypatch.setattr(library, "read_object", refuse)
    listed = RecentReports(folders, qapp).look_up(tmp_path / "a.gknb")
    report = clean()
    session = session_of(report)
    session.know_others(listed.others, is_known=listed.is_read)
    assert session.check_state is CheckState.PENDING
    session.check_prose()
    assert "年报列表读不了，没有和别的年报比较" in verdict(session)
    assert "年报列表读不了" in what_was_compared(session)
    assert "年报列表读不了，没有和别的年报比较" in slip(report, session, tmp_path)


def refuse(_path: Path) -> NoReturn:
    raise PermissionError
