"""The worker answers what it is asked, survives what is wrong, and ends with its input."""

import os
import signal
import sys
import time
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from reportdesk.report.file.codec import decode, encode
from reportdesk.worker.messages import (
    Answer,
    Kind,
    ask_for_pages,
    ask_for_pdf,
    ask_to_publish,
    read_picture,
    read_progress,
    read_typeset,
    read_written,
)
from reportdesk.worker.protocol import Frame
from tests.worker.spoken_to import SpokenTo

PING = Frame({"kind": Kind.PING})


def test_it_answers_a_ping_with_the_askers_number(worker: SpokenTo) -> None:
    worker.send(PING, number=7)
    assert worker.answers()[-1].header == {"number": 7, "answer": Answer.DONE}


def test_it_sets_the_report_and_says_what_stands_where(worker: SpokenTo, report: bytes) -> None:
    typeset = read_typeset(worker.ask(ask_for_pdf(report, mark_missing=True))[-1])
    assert len(pypdfium2.PdfDocument(typeset.content)) == len(typeset.sizes) == 6
    tables = {spot.holder for spot in typeset.spots} & {"disclosure", "requests", "disputes"}
    assert tables == {"disclosure", "requests", "disputes"}
    assert all(0 <= spot.top < spot.bottom < typeset.sizes[spot.page][1] for spot in typeset.spots)
    assert any(face.actual == "自带的朱雀仿宋" and face.bundled for face in typeset.faces)
    assert typeset.missing == ()


def test_it_draws_the_pages_that_were_asked_for(worker: SpokenTo, report: bytes) -> None:
    pdf = read_typeset(worker.ask(ask_for_pdf(report, mark_missing=True))[-1]).content
    *parts, done = worker.ask(ask_for_pages(pdf, [3, 0], 1.5))
    pictures = [read_picture(part) for part in parts]
    assert done.header["answer"] == Answer.DONE
    assert [(picture.page, picture.width, picture.height) for picture in pictures] == [
        (3, 893, 1263),
        (0, 893, 1263),
    ]
    assert all(min(picture.pixels) < 60 for picture in pictures)  # ink
    assert all(max(picture.pixels) == 255 for picture in pictures)  # paper


def with_text(report: bytes, text: str) -> bytes:
    changed = decode(report).report
    changed.prose["opening"] += text
    return encode(changed)


def test_a_character_that_no_face_has_is_marked_or_refused(worker: SpokenTo, report: bytes) -> None:
    rare = with_text(report, "𱁬")
    typeset = read_typeset(worker.ask(ask_for_pdf(rare, mark_missing=True))[-1])
    assert typeset.missing == ("𱁬",)
    refused = worker.ask(ask_for_pdf(rare, mark_missing=False))[-1]
    assert refused.header["answer"] == Answer.ERROR
    assert "𱁬" in refused.header["sentence"]
    assert refused.header["log"] == ""


def test_it_publishes_file_by_file(worker: SpokenTo, report: bytes, tmp_path: Path) -> None:
    *steps, done = worker.ask(ask_to_publish(report, tmp_path / "导出", ["pdf", "xlsx"]))
    assert [(read_progress(step).done, read_progress(step).of) for step in steps] == [(0, 2), (1, 2)]
    written = read_written(done)
    assert [file.format for file in written] == ["pdf", "xlsx"]
    assert sorted(tmp_path.joinpath("导出").iterdir()) == sorted(file.path for file in written)
    assert "自带的朱雀仿宋" in written[0].faces.values()


def test_a_folder_that_cannot_be_made_is_a_sentence(worker: SpokenTo, report: bytes, tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("", encoding="utf-8")
    answer = worker.ask(ask_to_publish(report, tmp_path / "file" / "sub", ["xlsx"]))[-1]
    assert answer.header["answer"] == Answer.ERROR
    assert answer.header["sentence"].startswith("建不了文件夹")


@pytest.mark.parametrize(
    "asked",
    [
        Frame({}),
        Frame({"kind": "dance"}),
        Frame({"kind": ["pdf"]}),
        Frame({"kind": Kind.PAGES, "pages": [0], "scale": 1}, b"%PDF-1.7 and then nothing"),
        Frame({"kind": Kind.PAGES, "pages": 5, "scale": "x"}, b""),
        Frame({"kind": Kind.PUBLISH}, b""),
    ],
    ids=str,
)
def test_a_request_without_sense_is_answered_plainly_and_logged_without_contents(
    worker: SpokenTo, asked: Frame
) -> None:
    answer = worker.ask(asked)[-1]
    assert answer.header["answer"] == Answer.ERROR
    assert answer.header["sentence"].endswith("。")
    assert "nothing" not in answer.header["log"]
    assert str(Path.cwd()) not in answer.header["log"]  # a path may name a person
    assert worker.ask(PING)[-1].header["answer"] == Answer.DONE


def test_a_report_that_is_none_is_refused_in_the_codecs_words(worker: SpokenTo) -> None:
    answer = worker.ask(ask_for_pdf(b"PK\x03\x04", mark_missing=True))[-1]
    assert "请选择 .gknb 文件" in answer.header["sentence"]


@pytest.mark.parametrize("scale", [0.0, -1.0, 1e9, float("nan"), float("inf")])
def test_a_page_larger_than_the_pipe_is_refused(worker: SpokenTo, report: bytes, scale: float) -> None:
    pdf = read_typeset(worker.ask(ask_for_pdf(report, mark_missing=True))[-1]).content
    answer = worker.ask(ask_for_pages(pdf, [0], scale))[-1]
    assert answer.header["sentence"] == "这一页放得太大，画不出来。请缩小一些再看。"


def test_it_ends_with_its_input() -> None:
    with SpokenTo() as worker:
        assert worker.end_of_input() == 0


@pytest.mark.parametrize("noise", [b"GET / HTTP/1.1\r\n\r\n", b"RDF1\xff\xff\xff\xff\xff\xff\xff\xff"])
def test_it_ends_at_once_when_what_comes_in_is_no_frame(noise: bytes) -> None:
    with SpokenTo() as worker:
        worker.send_raw(noise)
        assert worker.process.wait(10) == 2


def test_input_that_ends_within_a_frame_ends_it() -> None:
    with SpokenTo() as worker:
        worker.send_raw(b"RDF1\x00\x00")
        assert worker.end_of_input() == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of address space is Linux's")
def test_more_memory_than_it_may_take_is_a_sentence_and_not_the_end(report: bytes) -> None:
    large = with_text(report, "很长的一段文字。" * 300_000)
    with SpokenTo("--memory", "160") as worker:
        answer = worker.ask(ask_for_pdf(large, mark_missing=True))[-1]
        assert "内存" in answer.header["sentence"]
        assert worker.ask(PING)[-1].header["answer"] == Answer.DONE


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends a process in another way")
def test_killed_at_any_moment_it_leaves_whole_files_only(report: bytes, tmp_path: Path) -> None:
    for moment in range(6):
        folder = tmp_path / str(moment)
        folder.mkdir()
        with SpokenTo() as worker:
            worker.ask(Frame({"kind": Kind.WARM_UP}))
            worker.send(ask_to_publish(report, folder, ["pdf", "xlsx"]))
            time.sleep(moment * 0.03)
            os.kill(worker.process.pid, signal.SIGKILL)
            worker.process.wait(10)
        for file in folder.iterdir():
            if file.suffix == ".pdf":
                assert len(pypdfium2.PdfDocument(file)) == 6
            elif file.suffix == ".xlsx":
                openpyxl.load_workbook(file).close()
            else:
                assert file.name.startswith(".~")
