"""报送 and internal papers through the second process, also when that is ended in the middle."""

import datetime as dt
from pathlib import Path

import pytest

from reportdesk.form.load import load_form
from reportdesk.outgoing.internal_papers import Desk
from reportdesk.outgoing.submission import Order
from reportdesk.outgoing.verification import verify
from reportdesk.report.document import new_report
from reportdesk.report.file.codec import decode
from reportdesk.session.whole_check import Scope
from reportdesk.store.atomic_folder import settle_all
from reportdesk.store.file import write_report
from reportdesk.store.user_data.unit_profile import HandIn
from reportdesk.worker.messages import read_progress
from reportdesk.worker.protocol import Frame, FrameError
from reportdesk.worker.submission import (
    InternalPaper,
    ask_for_paper,
    ask_to_submit,
    read_paper,
    read_submission,
)
from tests.exports.test_internal_papers import pages
from tests.worker.spoken_to import SpokenTo

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)


def order(**asked: object) -> Order:
    return Order(NOW, **asked)  # type: ignore[arg-type]


def test_a_folder_is_made_and_progress_told(worker: SpokenTo, report: bytes, tmp_path: Path) -> None:
    asked = ask_to_submit(report, order(report_to="x@nx.gov.cn"), tmp_path, attach_copy=True)
    *steps, done = worker.ask(asked)
    made = read_submission(done)
    assert verify(made.folder).is_whole
    assert verify(made.folder).code == made.code
    assert made.mail.addresses == ("x@nx.gov.cn",)
    assert any("还缺盖章扫描件" in notice for notice in made.notices)
    assert [read_progress(step).done for step in steps] == list(range(len(steps)))


def test_a_wrong_scan_is_refused_with_a_sentence(worker: SpokenTo, report: bytes, tmp_path: Path) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"MZ")
    answer = worker.ask(ask_to_submit(report, order(scan=scan), tmp_path, attach_copy=False))[-1]
    assert "不是 PDF" in answer.header["sentence"]
    assert list(tmp_path.iterdir()) == [scan]


@pytest.mark.parametrize("steps", [1, 3, 5])
def test_ended_in_the_middle_it_leaves_the_old_folder_and_nothing_else(
    worker: SpokenTo, report: bytes, tmp_path: Path, steps: int
) -> None:
    asked = ask_to_submit(report, order(hand_in=(HandIn.GKNB,)), tmp_path, attach_copy=True)
    folder = read_submission(worker.ask(asked)[-1]).folder
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    everything = order(hand_in=tuple(HandIn))
    with SpokenTo() as other:
        other.send(ask_to_submit(report, everything, tmp_path, attach_copy=True))
        seen = 0
        while seen < steps:
            assert other.process.stdout is not None
            seen += len(other._reader.feed(other.process.stdout.read1(1 << 16)))  # type: ignore[attr-defined]
        other.process.kill()
        other.process.wait(10)
    settle_all(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_papers_are_made_beside_the_report(worker: SpokenTo, report: bytes, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "年报.gknb", tmp_path / "sent")
    folder = desk.folder_for(decode(report).report)
    for paper in InternalPaper:
        (made,) = read_paper(worker.ask(ask_for_paper(report, paper, desk, folder, NOW))[-1])
        assert made.path.read_bytes().startswith(b"%PDF-")
        assert made.path.parent == folder


def test_asking_for_a_paper_does_not_read_the_report(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "年报.gknb", tmp_path / "sent")
    asked = ask_for_paper(b"not read here", InternalPaper.SLIP, desk, tmp_path / "内部", NOW)
    assert (asked.payload, asked.header["folder"]) == (b"not read here", str(tmp_path / "内部"))


def test_an_answer_of_another_kind_is_none() -> None:
    for read in (read_submission, read_paper):
        with pytest.raises(FrameError):
            read(Frame({"folder": 3, "goes": []}))


@pytest.mark.parametrize("is_hand_in", [True, False])
def test_the_slip_is_made_with_what_the_window_checks_with(
    worker: SpokenTo, report: bytes, tmp_path: Path, *, is_hand_in: bool
) -> None:
    ours = decode(report).report
    other = new_report(load_form(ours.edition), 2024, "柳川县石桥镇人民政府")
    other.prose.update(ours.prose)
    write_report(tmp_path / "石桥镇.gknb", other)
    titles = {ours.name_in_title(): frozenset({"柳川县石桥镇人民政府"})}
    others = (tmp_path / "石桥镇.gknb", tmp_path / "拔走的.gknb")
    scope = Scope(titles, others, words=False)
    if is_hand_in:
        asked = ask_to_submit(report, order(scope=scope), tmp_path, attach_copy=False)
        worker.ask(asked)
        path = next(tmp_path.glob("*/内部/*审核单*.pdf"))
    else:
        desk = Desk(tmp_path / "年报.gknb", tmp_path / "sent", scope)
        asked = ask_for_paper(report, InternalPaper.SLIP, desk, desk.folder_for(ours), NOW)
        (made,) = read_paper(worker.ask(asked)[-1])
        path = made.path
    printed = "".join(pages(path.read_bytes()))
    assert "与“柳川县石桥镇人民政府”2024年年报有" in printed
    assert "和这台电脑上“柳川县石桥镇人民政府”的年报相同" in printed
    assert "错别字没有查" in printed
    assert "有1份别的年报读不了" in printed
