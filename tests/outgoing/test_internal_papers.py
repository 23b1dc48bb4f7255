"""审核单, 送审稿 and 修改对照单 as files: how drafts are numbered and compared."""

import datetime as dt
import errno
from pathlib import Path

import pytest

from reportdesk.exports.formats import Choices
from reportdesk.outgoing.export_files import PublishError
from reportdesk.outgoing.internal_papers import Desk, make_draft, make_slip
from reportdesk.report.document import Report
from reportdesk.store import disk
from tests.exports.test_internal_papers import pages
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
CHOICES = Choices(bundled_fonts=True)
NAME = "沙坡头区常乐镇2024年政府信息公开工作年度报告"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "年报" / "常乐镇.gknb", tmp_path / "sent")


def draft(report: Report, desk: Desk, day: int = 9) -> list[str]:
    made = make_draft(FORM, report, desk, NOW.replace(day=day), CHOICES)
    return [one.path.name for one in made]


def changed(words: str) -> Report:
    report = example()
    report.prose["other_matters.text"] = words
    return report


def test_internal_files_lie_in_a_folder_of_their_own_and_say_so_in_their_names(desk: Desk) -> None:
    made = (*make_slip(FORM, example(), desk, NOW, CHOICES), *make_draft(FORM, example(), desk, NOW, CHOICES))
    assert {one.path.parent for one in made} == {desk.report_path.parent / "送审-沙坡头区常乐镇2024"}
    assert [one.path.name for one in made] == [f"内部-审核单-{NAME}.pdf", f"内部-送审稿-第1稿-{NAME}.pdf"]


def test_papers_go_on_in_the_folder_that_an_earlier_version_named(desk: Desk) -> None:
    former = desk.report_path.parent / "内部-沙坡头区常乐镇2024"
    former.mkdir(parents=True)
    (slip,) = make_slip(FORM, example(), desk, NOW, CHOICES)
    assert slip.path.parent == former


def test_from_the_second_draft_on_its_changes_are_listed(desk: Desk) -> None:
    assert len(draft(example(), desk)) == 1
    assert draft(changed("改一。"), desk, day=10) == [
        f"内部-送审稿-第2稿-{NAME}.pdf",
        f"内部-修改对照单-第1稿与第2稿-{NAME}.pdf",
    ]
    made = make_draft(FORM, changed("改二。"), desk, NOW.replace(day=11), CHOICES)
    text = "".join(pages(made[1].path.read_bytes()))
    assert "改一。改二。" in text
    assert "原稿：第2稿2025年1月10日" in text


def test_the_same_content_printed_again_is_the_same_draft(desk: Desk) -> None:
    draft(example(), desk)
    second = draft(changed("改一。"), desk)
    assert draft(changed("改一。"), desk) == second


def test_reports_in_other_places_have_drafts_of_their_own(desk: Desk, tmp_path: Path) -> None:
    draft(example(), desk)
    other = Desk(tmp_path / "别的" / "常乐镇.gknb", desk.sent)
    assert draft(changed("改一。"), other) == [f"内部-送审稿-第1稿-{NAME}.pdf"]


@pytest.mark.parametrize("failing", [1, 2, 3, 4, 5])
def test_a_full_disk_is_told_in_a_sentence_and_the_draft_does_not_count(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    draft(example(), desk)
    calls, real = 0, disk.write

    def write(file, content) -> None:  # type: ignore[no-untyped-def]
        nonlocal calls
        calls += 1
        if calls >= failing:
            raise OSError(errno.ENOSPC, "full")
        real(file, content)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write", write)
        with pytest.raises(PublishError, match="磁盘已满"):
            draft(changed("改一。"), desk)
    assert draft(changed("改一。"), desk)[0] == f"内部-送审稿-第2稿-{NAME}.pdf"


def test_a_paper_that_was_changed_outside_is_kept_beside_the_new_one(desk: Desk) -> None:
    (first,) = make_slip(FORM, example(), desk, NOW, CHOICES)
    (again,) = make_slip(FORM, example(), desk, NOW.replace(hour=11), CHOICES)
    assert (again.path, again.kept) == (first.path, None)
    first.path.write_bytes(b"signed and scanned")
    (third,) = make_slip(FORM, example(), desk, NOW, CHOICES)
    assert third.kept == first.path.with_name(f"{first.path.stem}（旧）.pdf")
    assert third.kept.read_bytes() == b"signed and scanned"
