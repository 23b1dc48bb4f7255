"""What clerks really send, and what goes wrong while it is taken in: named, asked or left, never counted in silence."""

import datetime as dt
import errno
import os
import random
import shutil
import sys
import zipfile
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any

import pytest

from reportdesk.cli.console import Exit
from reportdesk.desk.folder import LEDGER, PARCELS, ROUND
from reportdesk.exports.formats import Choices, Format
from reportdesk.exports.package import Mail, mail_draft
from reportdesk.form.spec import CellRef
from reportdesk.outgoing.submission import Order, make_submission
from reportdesk.readers.read_file import read_file
from reportdesk.report.document import Report
from reportdesk.report.file.codec import encode
from reportdesk.report.records import HandedIn
from reportdesk.report.returned.return_file import decode_return
from reportdesk.store import disk
from reportdesk.store.user_data.unit_profile import HandIn
from reportdesk.worker import one_shot
from tests.desk.make_district import FORM, Unit, numbers, prose, report_of
from tests.desk.test_district import ByCommand, Printed

NOW = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
LIST = """编号,机关全称,单位类型,报送方式,曾用名,由谁代报
001,青沙区财政局,county_department,自行报送,,
002,柳湾镇人民政府,township,自行报送,,
003,青沙区商务局,county_department,自行报送,,
004,柳湾镇水管站,township,由上级代报,,柳湾镇人民政府
005,青沙区地方志编纂中心,county_department,不报送,,
"""


@pytest.fixture(autouse=True)
def _read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_shot, "read_apart", read_file)


@pytest.fixture
def desk(tmp_path: Path, capsys: Printed) -> ByCommand:
    return begun(tmp_path, capsys)


def begun(tmp_path: Path, capsys: Printed) -> ByCommand:
    """A round of five units, into which nothing came yet."""
    units = tmp_path / "名单.csv"
    units.write_text(LIST, encoding="gb18030")
    made = ByCommand(tmp_path / "收报", capsys)
    assert made.run("new", "--year", "2025", "--units", str(units))[0] == Exit.OK
    (tmp_path / "来").mkdir()
    return made


def report(name: str, seed: int = 1, *, county: str = "青沙区", year: int = 2025) -> Report:
    r = random.Random(seed)
    unit = Unit(name, "township", cells=numbers(r, 2))
    return report_of(unit, unit.cells, prose(r, name, year, unit.cells, 0), year, county=county)


def send(desk: ByCommand, name: str, content: bytes, day: str = "2026-01-08") -> Path:
    path = desk.folder.parent / "来" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    at = dt.datetime.fromisoformat(f"{day}T09:30").timestamp()
    os.utime(path, (at, at))
    return path


class NamedInGbk(zipfile.ZipInfo):
    """An entry as Explorer writes it: its name in the PC's code page, and nothing that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(files: dict[str, bytes], entry: type[zipfile.ZipInfo] = zipfile.ZipInfo) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(entry(name), data)
    return content.getvalue()


def take(desk: ByCommand) -> dict[str, Any]:
    told: dict[str, Any] = desk.told("take-in", str(desk.folder.parent / "来"))
    return told


def state(desk: ByCommand, unit: str) -> dict[str, Any]:
    return next(row for row in desk.told("list") if row["unit"] == unit)


def only_question(desk: ByCommand) -> dict[str, Any]:
    (asked,) = desk.told("questions")
    assert isinstance(asked, dict)
    return asked


def test_a_zip_in_a_zip_and_a_mail_with_a_zip_are_taken(desk: ByCommand) -> None:
    inner = zipped({"柳湾镇/年报.gknb": encode(report("柳湾镇人民政府"))})
    send(desk, "全部.zip", zipped({"镇/柳湾.zip": inner}))
    mail = mail_draft(
        Mail("a@example.com", "年报", "见附件"),
        {"财政局.zip": zipped({"a.gknb": encode(report("青沙区财政局", 2))})},
    )
    send(desk, "转发.eml", b"Date: Fri, 09 Jan 2026 23:30:00 +0800\r\n" + mail, "2026-01-19")
    take(desk)
    assert state(desk, "002")["state"] == "已收"
    assert (state(desk, "001")["state"], state(desk, "001")["received"]) == ("已收", "2026-01-09")


def test_names_in_a_zip_that_are_in_gbk_are_read(desk: ByCommand) -> None:
    send(desk, "扫描.zip", zipped({"柳湾镇人民政府扫描件.jpg": b"\xff\xd8\xff\xe0" + bytes(40)}, NamedInGbk))
    take(desk)
    assert state(desk, "002")["state"] == "要人工录入"


def test_a_zip_in_a_zip_in_a_zip_is_asked_about(desk: ByCommand) -> None:
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.gknb": encode(report("柳湾镇人民政府"))})})})
    send(desk, "柳湾镇人民政府.zip", deep)
    take(desk)
    assert "解开一层" in only_question(desk)["text"]
    assert state(desk, "002")["state"] == "文件坏了"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("柳湾镇人民政府年报.rar", b"Rar!\x1a\x07\x00" + bytes(50), "压缩包"),
        ("柳湾镇人民政府年报.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "压缩包"),
        ("柳湾镇人民政府年报.docx", b"PK\x03\x04" + bytes(200), "损坏"),
        ("柳湾镇人民政府年报.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(700), "读"),
        ("柳湾镇人民政府年报.gknb", b'{"format": "reportdesk", "ver', "损坏"),
    ],
)
def test_what_cannot_be_read_is_asked_about_with_its_unit(
    desk: ByCommand, name: str, content: bytes, says: str
) -> None:
    send(desk, name, content)
    taken = take(desk)
    assert [one["name"] for one in taken["要您看"]] == [name]
    asked = only_question(desk)
    assert (asked["unit"], says in asked["text"]) == ("002", True)
    assert state(desk, "002")["state"] == "文件坏了"


def test_an_old_name_that_is_not_on_the_list_is_asked_about_once(desk: ByCommand) -> None:
    send(desk, "a.gknb", encode(report("旧柳湾镇人民政府")))
    take(desk)
    asked = only_question(desk)
    assert asked["choices"][0] == "是柳湾镇人民政府"
    assert state(desk, "002")["state"] == "未报"
    desk.run("answer", asked["question"], "1")
    assert state(desk, "002")["state"] == "已收"
    assert "旧柳湾镇人民政府" in (desk.folder / ROUND).read_text(encoding="utf-8")
    send(desk, "b.gknb", encode(report("旧柳湾镇人民政府", 9)))
    take(desk)
    assert "2 份不同的年报" in only_question(desk)["text"]


def test_a_name_without_the_county_is_asked_about(desk: ByCommand) -> None:
    send(desk, "a.gknb", encode(report("财政局", county="")))
    take(desk)
    assert only_question(desk)["choices"][0] == "是青沙区财政局"


def test_a_namesake_from_another_county_replaces_nothing(desk: ByCommand) -> None:
    send(desk, "a.gknb", encode(report("柳湾镇人民政府")), "2026-01-05")
    send(desk, "b.gknb", encode(report("柳湾镇人民政府", 2, county="白沙县")), "2026-01-09")
    take(desk)
    asked = only_question(desk)
    assert "白沙县" in asked["text"]
    desk.run("answer", asked["question"], asked["choices"][0])
    assert (state(desk, "002")["state"], state(desk, "002")["versions"]) == ("已收", 1)


def test_a_unit_that_is_not_on_the_list_may_be_added(desk: ByCommand) -> None:
    send(desk, "a.gknb", encode(report("黄泥乡人民政府")))
    take(desk)
    desk.run("answer", only_question(desk)["question"], "加到名单里")
    assert desk.told("list")[-1]["name"] == "黄泥乡人民政府"
    assert desk.told("list")[-1]["state"] == "已收"


def test_who_reports_through_another_is_kept_and_not_summed(desk: ByCommand) -> None:
    send(desk, "a.gknb", encode(report("柳湾镇水管站")))
    take(desk)
    row = state(desk, "004")
    assert (row["state"], row["counted"]) == ("由上级代报", False)
    assert "没有计入" in row["notes"][0]


def test_a_blank_form_that_came_back_is_never_summed(desk: ByCommand) -> None:
    blank = report("柳湾镇人民政府")
    blank.cells, blank.prose = {}, {"opening": "根据条例要求公布。"}
    send(desk, "a.gknb", encode(blank))
    take(desk)
    desk.answer_all()
    assert (state(desk, "002")["state"], state(desk, "002")["counted"]) == ("空表", False)


def test_a_report_with_nothing_but_zeros_counts(desk: ByCommand) -> None:
    zeros = report("柳湾镇人民政府")
    zeros.cells = dict.fromkeys(zeros.cells, 0)
    send(desk, "a.gknb", encode(zeros))
    take(desk)
    assert (state(desk, "002")["state"], state(desk, "002")["counted"]) == ("已收", True)


def test_a_later_file_that_cannot_be_read_is_asked_about_though_an_earlier_one_counts(
    desk: ByCommand,
) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")), "2026-01-05")
    send(desk, "更正-柳湾镇人民政府.zip", b"PK\x03\x04" + bytes(60), "2026-01-09")
    take(desk)
    assert only_question(desk)["unit"] == "002"
    assert state(desk, "002")["state"] == "已收"


def test_what_is_still_being_copied_is_left_and_taken_the_next_time(desk: ByCommand) -> None:
    send(desk, "柳湾镇人民政府.gknb", b"")
    send(desk, "财政局.zip.crdownload", b"PK")
    assert {one["name"] for one in take(desk)["没有收"]} == {"柳湾镇人民政府.gknb", "财政局.zip.crdownload"}
    assert list((desk.folder / PARCELS).iterdir()) == []
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    assert state(desk, "002")["state"] == "已收"


def test_what_another_program_holds_is_named_and_tried_again(
    desk: ByCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    read = disk.read

    def held(asked: Path, limit: int = -1) -> bytes:
        if asked == path:
            raise PermissionError(errno.EACCES, "held", str(asked))
        return read(asked, limit)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "read", held)
        assert "暂时打不开" in take(desk)["没有收"][0]["says"]
    take(desk)
    assert state(desk, "002")["state"] == "已收"


def test_the_round_s_own_folder_is_not_taken_in(desk: ByCommand) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    before = desk.kept()
    told = desk.told("take-in", str(desk.folder.parent))
    assert not [
        one for group in told.values() for one in group if ROUND in one["name"] or LEDGER in one["name"]
    ]
    assert len(desk.kept()) == len(before) + 1  # the list beside


def test_a_parcel_lies_there_byte_for_byte_and_once(desk: ByCommand) -> None:
    content = encode(report("柳湾镇人民政府"))
    send(desk, "柳湾镇人民政府.gknb", content)
    send(desk, "抄送/柳湾镇人民政府 (1).gknb", content, "2026-01-09")
    taken = take(desk)
    assert [one["name"] for one in taken["已经收过"]] == ["抄送/柳湾镇人民政府 (1).gknb"]
    assert [path.read_bytes() for path in (desk.folder / PARCELS).iterdir()] == [content]


def test_a_changed_line_of_the_ledger_is_noticed(desk: ByCommand, capsys: Printed) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    ledger = desk.folder / LEDGER
    ledger.write_bytes(ledger.read_bytes().replace(b"2026-01-08", b"2026-01-07"))
    assert desk.run("list")[0] == Exit.UNREADABLE
    capsys.readouterr()


def test_a_parcel_that_was_removed_or_changed_is_told(desk: ByCommand) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    (parcel,) = (desk.folder / PARCELS).iterdir()
    parcel.unlink()
    shutil.rmtree(desk.folder / "缓存")
    assert "备份" in only_question(desk)["text"]
    assert state(desk, "002")["counted"] is False


def test_who_holds_the_round_is_told_and_nothing_changes(desk: ByCommand) -> None:
    from reportdesk.store.lock import Lock, take_lock

    held = take_lock(desk.folder / ROUND, dt.datetime.now().astimezone())
    assert isinstance(held, Lock)
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    before = desk.kept()
    assert desk.run("take-in", str(desk.folder.parent / "来"))[0] == Exit.FOUND_ERRORS
    assert desk.kept() == before
    held.release()


def test_what_was_accepted_stays_so_until_another_version_counts(desk: ByCommand) -> None:
    send(desk, "第1次/柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    assert desk.run("accept", "--unit", "002")[0] == Exit.OK
    assert state(desk, "002")["state"] == "审定"
    assert desk.run("accept", "--unit", "001")[0] == Exit.FOUND_ERRORS
    send(desk, "第2次/柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府", 5)), "2026-01-12")
    take(desk)
    desk.answer_all()
    assert (state(desk, "002")["state"], state(desk, "002")["received"]) == ("已收", "2026-01-12")


REMARKS = """{"reason": "表三有误", "due": "2026-01-15", "remarks": [
  {"kind": "must", "cells": ["requests.new.person"], "text": "与平台登记的件数不同。"}]}"""


def test_a_report_is_returned_with_remarks_until_another_version_comes(
    desk: ByCommand, tmp_path: Path
) -> None:
    send(desk, "第1次/柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    desk.run("accept", "--unit", "002")
    (tmp_path / "意见.json").write_text(REMARKS, encoding="utf-8")
    asked = ("--remarks", str(tmp_path / "意见.json"), "--to", str(tmp_path / "退回"))
    assert desk.run("return", "--unit", "002", *asked)[0] == Exit.OK
    assert state(desk, "002")["state"] == "退回"
    [data] = (tmp_path / "退回").glob("*.gkback")
    returned = decode_return(data.read_bytes())
    assert (returned.unit_id, returned.unit, returned.year) == ("002", "柳湾镇人民政府", 2025)
    assert [sheet.suffix for sheet in data.parent.iterdir() if sheet != data] == [".docx"]
    assert desk.run("return", "--unit", "002", *asked)[0] == Exit.OK
    assert len(list((tmp_path / "退回").glob("*第2次.gkback"))) == 1
    send(desk, "第2次/柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府", 5)), "2026-01-12")
    take(desk)
    desk.answer_all()
    assert state(desk, "002")["state"] == "已收"


def test_nothing_is_returned_that_did_not_come_or_with_remarks_on_what_is_not_there(
    desk: ByCommand, tmp_path: Path
) -> None:
    wanted = tmp_path / "意见.json"
    wanted.write_text(REMARKS.replace("new.person", "new.nobody"), encoding="utf-8")
    asked = ("--remarks", str(wanted), "--to", str(tmp_path / "退回"))
    assert desk.run("return", "--unit", "001", *asked)[0] == Exit.FOUND_ERRORS
    assert desk.run("return", "--unit", "099", *asked)[0] == Exit.WRONG_USE
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    assert desk.run("return", "--unit", "002", *asked)[0] == Exit.UNREADABLE
    assert state(desk, "002")["state"] == "已收"
    assert not (tmp_path / "退回").exists()


def test_a_report_and_its_word_file_are_one_version(desk: ByCommand) -> None:
    own = report("柳湾镇人民政府")
    send(desk, "柳湾镇人民政府.gknb", encode(own))
    send(desk, "柳湾镇人民政府年报.docx", Format.DOCX.render(FORM, own, Choices(bundled_fonts=True)).content)
    take(desk)
    assert desk.told("questions") == []
    assert (state(desk, "002")["state"], state(desk, "002")["versions"]) == ("已收", 1)


def test_a_word_file_with_another_number_is_asked_about(desk: ByCommand) -> None:
    own, other = report("柳湾镇人民政府"), report("柳湾镇人民政府")
    other.cells[CellRef.parse("disclosure.penalties.decisions")] = 977
    send(desk, "柳湾镇人民政府.gknb", encode(own))
    send(
        desk, "柳湾镇人民政府年报.docx", Format.DOCX.render(FORM, other, Choices(bundled_fonts=True)).content
    )
    take(desk)
    assert "2 份不同" in only_question(desk)["text"]
    assert state(desk, "002")["state"] == "要人看"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("名字\n甲", "机关全称"),
        ("机关全称\n甲局\n甲局", "甲局”写了两次"),
        ("编号,机关全称\n1,甲局\n1,乙局", "编号“1”写了两次"),
        ("机关全称,报送方式\n甲局,由上级代报", "由谁代报"),
        ("机关全称,报送方式\n甲局,看情况", "看情况"),
        ("编号,机关全称\n1,", "第 2 行"),
        ("机关全称\n", "0 个单位"),
    ],
)
def test_a_wrong_list_is_refused_with_its_row(tmp_path: Path, capsys: Printed, text: str, says: str) -> None:
    from reportdesk.cli import main

    units = tmp_path / "名单.csv"
    units.write_text(text, encoding="utf-8")
    folder = tmp_path / "收报"
    code = main(["desk", "new", str(folder), "--year", "2025", "--units", str(units)])
    assert (code, says in capsys.readouterr().err) == (Exit.UNREADABLE, True)
    assert not folder.exists()


def test_an_unknown_answer_or_question_is_wrong_use(desk: ByCommand) -> None:
    send(desk, "a.gknb", encode(report("旧柳湾镇人民政府")))
    take(desk)
    asked = only_question(desk)
    assert desk.run("answer", "0000000000", "1")[0] == Exit.WRONG_USE
    assert desk.run("answer", asked["question"], "也许吧")[0] == Exit.WRONG_USE
    assert desk.run("answer", asked["question"], "003")[0] == Exit.OK
    assert state(desk, "003")["state"] == "已收"


def test_a_parcel_that_was_changed_afterwards_is_told_and_does_not_count(desk: ByCommand) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    (parcel,) = (desk.folder / PARCELS).iterdir()
    parcel.chmod(0o644)
    parcel.write_bytes(encode(report("柳湾镇人民政府", 8)))
    shutil.rmtree(desk.folder / "缓存")
    assert "不是收到时的样子" in only_question(desk)["text"]
    assert state(desk, "002")["counted"] is False


def test_a_word_file_whose_contents_name_another_than_its_name_is_asked_about(desk: ByCommand) -> None:
    own = report("红旗林场管理处")
    content = Format.DOCX.render(FORM, own, Choices(bundled_fonts=True)).content
    send(desk, "柳湾镇人民政府年报.docx", content)
    take(desk)
    assert "红旗林场管理处" in only_question(desk)["text"]
    assert state(desk, "002")["state"] == "未报"


@pytest.mark.skipif(sys.platform != "linux", reason="there a name is bytes")
def test_a_name_that_an_unpacker_left_in_gbk_is_read_and_known_again(desk: ByCommand) -> None:
    folder = os.fsencode(desk.folder.parent / "来")
    with open(os.path.join(folder, "柳湾镇人民政府扫描件.jpg".encode("gbk")), "wb") as file:  # noqa: PTH118, PTH123 - a path of bytes
        file.write(b"\xff\xd8\xff\xe0" + bytes(40))
    take(desk)
    assert state(desk, "002")["state"] == "要人工录入"
    before = desk.kept()
    take(desk)
    assert desk.kept() == before


@pytest.mark.parametrize("packed", ["folder", "zip", "zip of a folder"])
def test_a_folder_of_a_hand_in_is_one_parcel_however_it_comes(desk: ByCommand, packed: str) -> None:
    own = report("柳湾镇人民政府")
    order = Order(NOW, (HandIn.DOCX, HandIn.GKNB))
    inbox = desk.folder.parent / "来"
    made = make_submission(
        FORM, own, order, desk.folder.parent / "报送", Choices(bundled_fonts=True), lambda *_told: None
    )
    if packed == "folder":
        shutil.copytree(made.folder, inbox / made.folder.name)
    elif packed == "zip":
        (inner,) = made.folder.rglob("*.zip")
        shutil.copy(inner, inbox / inner.name)
    else:
        shutil.make_archive(str(inbox / "打包"), "zip", made.folder.parent, made.folder.name)
    taken = take(desk)
    assert [len(taken[group]) for group in ("收下", "要您看", "没有用的")] == [1, 0, 0]
    row = state(desk, "002")
    assert (row["state"], row["number"], row["versions"]) == ("已收", 1, 1)


def test_the_later_hand_in_counts_by_its_number_whatever_came_first(desk: ByCommand) -> None:
    for number, seed, day in ((2, 5, "2026-01-06"), (1, 1, "2026-01-16")):
        own = report("柳湾镇人民政府", seed)
        own.hand_ins = {number: HandedIn(NOW + dt.timedelta(days=number), "0")}
        send(desk, f"{seed}.gknb", encode(own), day)
    take(desk)
    assert desk.told("questions") == []
    assert (state(desk, "002")["number"], state(desk, "002")["received"]) == (2, "2026-01-06")


def test_two_files_of_one_number_are_asked_about(desk: ByCommand) -> None:
    for seed in (5, 1):
        own = report("柳湾镇人民政府", seed)
        own.hand_ins = {1: HandedIn(NOW + dt.timedelta(days=seed), "0")}
        send(desk, f"{seed}.gknb", encode(own))
    take(desk)
    assert "2 份不同" in only_question(desk)["text"]


def test_an_id_that_is_another_unit_s_is_asked_about(desk: ByCommand) -> None:
    own = report("柳湾镇人民政府")
    own.hand_ins = {1: HandedIn(NOW, "0", unit_id="003")}
    send(desk, "a.gknb", encode(own))
    take(desk)
    assert "编号是 003" in only_question(desk)["text"]
    assert {state(desk, unit)["state"] for unit in ("002", "003")} == {"未报"}


def test_what_was_accepted_counts_until_the_later_file_was_decided_on(desk: ByCommand) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    take(desk)
    desk.run("accept", "--unit", "002")
    send(desk, "更正-柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府", 5)), "2026-01-12")
    take(desk)
    row = state(desk, "002")
    assert (row["state"], row["counted"], row["received"]) == ("审定", True, "2026-01-08")
    asked = only_question(desk)
    assert "更正" in asked["choices"][0]
    desk.run("answer", asked["question"], "1")
    assert (state(desk, "002")["state"], state(desk, "002")["received"]) == ("已收", "2026-01-12")


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_full_disk_is_told_and_the_next_time_all_is_taken(
    desk: ByCommand, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    send(desk, "柳湾镇人民政府.gknb", encode(report("柳湾镇人民政府")))
    send(desk, "财政局.gknb", encode(report("青沙区财政局", 2)))
    write, left = disk.write, [at]

    def full(file: FileIO, content: bytes) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "full")
        write(file, content)

    with monkeypatch.context() as patched:
        patched.setattr(disk, "write", full)
        assert desk.run("take-in", str(desk.folder.parent / "来"))[0] == Exit.FOUND_ERRORS
    assert desk.run("list")[0] == Exit.OK
    take(desk)
    assert [state(desk, unit)["state"] for unit in ("001", "002")] == ["已收", "已收"]
    assert len(list((desk.folder / PARCELS).iterdir())) == 2
