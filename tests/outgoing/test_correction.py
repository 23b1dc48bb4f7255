"""A hand-in after 退回 says that it is a 更正, and what it changes in the one that was returned."""

import datetime as dt
import email
import email.policy
import shutil
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest

from reportdesk.exports.formats import Choices
from reportdesk.form.spec import CellRef
from reportdesk.outgoing.hand_in import note_hand_in
from reportdesk.outgoing.submission import Order, Submission, make_submission
from reportdesk.outgoing.verification import verify
from reportdesk.report.document import Fact, Report, State
from reportdesk.report.edits import apply_edit, set_cells
from reportdesk.session.workflow import move_to, reopenings
from reportdesk.store.user_data.unit_profile import HandIn
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
PENALTY = next(ref for ref in FORM.kind_of if "行政处罚" in FORM.name_of(ref))
DATA = (HandIn.GKNB,)


def hand_in(report: Report, beside: Path, day: int = 9, wanted: tuple[HandIn, ...] = DATA) -> Submission:
    order = Order(NOW.replace(day=day), wanted, report_to="gk@x.gov.cn")
    made = make_submission(FORM, report, order, beside, Choices(bundled_fonts=True), lambda *_: None)
    apply_edit(report, note_hand_in(report, made.this))
    return made


def give_back(report: Report, day: int = 10) -> None:
    for to, why in (
        (State.REVIEW, ""),
        (State.FINAL, ""),
        (State.SUBMITTED, ""),
        (State.RETURNED, "区里要求更正"),
    ):
        apply_edit(report, move_to(report, to, dt.date(2025, 1, day), why))


def settled(report: Report) -> None:
    for to in (State.REVIEW, State.FINAL):
        apply_edit(report, move_to(report, to, dt.date(2025, 1, 11)))


def penalties(report: Report, count: int) -> None:
    apply_edit(report, set_cells(report, FORM, {PENALTY: count}))


def returned(beside: Path, wanted: tuple[HandIn, ...] = DATA) -> Report:
    report = example()
    penalties(report, 23)
    hand_in(report, beside, wanted=wanted)
    give_back(report)
    return report


@pytest.mark.parametrize("wanted", [DATA, (HandIn.PDF,)])
def test_name_subject_and_text_say_so_and_the_changes_are_listed(
    tmp_path: Path, wanted: tuple[HandIn, ...]
) -> None:
    report = returned(tmp_path, wanted)
    penalties(report, 24)
    report.prose["other_matters.text"] = "本年度收取信息处理费12元。"
    settled(report)
    made = hand_in(report, tmp_path, day=12, wanted=wanted)
    assert made.this.number == 2
    (packed,) = (one.path for one in made.files if one.is_zip)
    assert packed.endswith("（更正）.zip")
    assert made.mail.subject.startswith("更正：沙坡头区常乐镇2024年")
    assert "第 2 次报送，替换2025年1月9日的第 1 次报送" in made.mail.text
    assert "行政处罚 23 → 24" in made.mail.text
    assert "12元" in made.mail.text
    assert "改了 2 处" in made.mail.text
    assert not any("没有列出" in notice for notice in made.notices)
    assert verify(made.folder).is_whole
    (draft,) = (made.folder / one.path for one in made.files if one.is_mail)
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert message["Subject"] == made.mail.subject
    with zipfile.ZipFile(made.folder / packed) as archive:
        assert "更正" in archive.read("清单.txt").decode("utf-8-sig")


def test_a_first_hand_in_and_one_made_anew_before_it_was_sent_are_no_correction(tmp_path: Path) -> None:
    report = example()
    first = hand_in(report, tmp_path)
    penalties(report, 24)
    second = hand_in(report, tmp_path, day=10)
    assert (first.this.number, second.this.number) == (1, 2)
    for made in (first, second):
        assert "更正" not in made.mail.subject + made.mail.text + "".join(one.path for one in made.files)


def test_the_same_report_handed_in_again_after_a_return_is_no_correction(tmp_path: Path) -> None:
    report = returned(tmp_path)
    settled(report)
    made = hand_in(report, tmp_path, day=12)
    assert made.this.number == 1
    assert "更正" not in made.mail.subject


def test_made_anew_a_correction_is_still_one_of_what_was_returned_and_the_same_to_the_byte(
    tmp_path: Path,
) -> None:
    report = returned(tmp_path)
    penalties(report, 24)
    first = hand_in(report, tmp_path, day=12)
    before = {one.path: (first.folder / one.path).read_bytes() for one in first.files}
    again = hand_in(report, tmp_path, day=13)
    assert {one.path: (again.folder / one.path).read_bytes() for one in again.files} == before
    penalties(report, 25)
    third = hand_in(report, tmp_path, day=14)
    assert third.this.number == 3
    assert "行政处罚 23 → 25" in third.mail.text
    assert "第 1 次报送" in third.mail.text


def test_a_second_return_is_of_the_second_hand_in(tmp_path: Path) -> None:
    report = returned(tmp_path)
    penalties(report, 24)
    hand_in(report, tmp_path, day=12)
    give_back(report, day=13)
    assert "第 2 次报送" in reopenings(report)[-1]
    penalties(report, 26)
    made = hand_in(report, tmp_path, day=14)
    assert "行政处罚 24 → 26" in made.mail.text


def test_where_what_was_returned_is_gone_nothing_is_guessed_and_the_clerk_is_told(tmp_path: Path) -> None:
    report = returned(tmp_path)
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder)
    penalties(report, 24)
    made = hand_in(report, tmp_path, day=12)
    assert made.mail.subject.startswith("更正：")
    assert "→" not in made.mail.text
    assert any("没有列出改了哪些" in notice for notice in made.notices)


def test_a_data_file_that_was_changed_since_is_not_what_was_handed_in(tmp_path: Path) -> None:
    report = returned(tmp_path)
    for path in tmp_path.rglob("*.gknb"):
        path.write_bytes(path.read_bytes().replace(b": 23", b": 22"))
    penalties(report, 24)
    made = hand_in(report, tmp_path, day=12)
    assert "22 → 24" not in made.mail.text
    assert any("没有列出改了哪些" in notice for notice in made.notices)


def test_a_return_noted_before_numbers_were_is_of_the_last_hand_in_of_that_day(tmp_path: Path) -> None:
    report = returned(tmp_path)
    report.facts[Fact.REOPENED] = "2025年1月10日由已报送改为退回：区里要求更正"
    penalties(report, 24)
    made = hand_in(report, tmp_path, day=12)
    assert "行政处罚 23 → 24" in made.mail.text


def test_only_the_district_s_part_changed_is_said_so(tmp_path: Path) -> None:
    report = returned(tmp_path)
    report.facts[Fact.TELEPHONE] = "0955-1234567"
    made = hand_in(report, tmp_path, day=12)
    assert made.this.number == 2
    assert "公开的数字和文字没有改" in made.mail.text


def test_a_column_is_named_where_a_row_has_several(tmp_path: Path) -> None:
    report = returned(tmp_path)
    other = deepcopy(report)
    apply_edit(other, set_cells(other, FORM, {CellRef("requests", "new", "person"): 7}))
    made = hand_in(other, tmp_path, day=12)
    assert "自然人" in made.mail.text
