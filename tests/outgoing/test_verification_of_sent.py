"""``verify`` takes what people send: names in GBK, folders in zips, zips in zips, and many at once."""

import datetime as dt
import json
import os
import shutil
import struct
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportdesk.cli import main
from reportdesk.exports.formats import Choices
from reportdesk.exports.manifest import NAME, read_manifest
from reportdesk.outgoing.submission import Order, make_submission
from reportdesk.outgoing.verification import Verdict, VerificationError, verify, verify_sent
from reportdesk.report.document import Fact, Report
from reportdesk.report.records import HandedIn, Notice
from reportdesk.store.file import read_report
from reportdesk.store.user_data.unit_profile import HandIn
from tests.test_example import FORM, example

SENT = Path(__file__).parents[1] / "data" / "sent"
NOW = dt.datetime(2025, 1, 9, 10, 32, 7, 512_000, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def handed_in(report: Report, beside: Path, now: dt.datetime = NOW) -> Path:
    """A 报送 folder of the report."""
    order = Order(now, (HandIn.HTML, HandIn.GKNB))
    beside.mkdir(parents=True, exist_ok=True)
    return make_submission(FORM, report, order, beside, Choices(bundled_fonts=True), lambda *_: None).folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return handed_in(example(), tmp_path_factory.mktemp("made"))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def files(made: Path) -> dict[str, bytes]:
    """What the zip for the district holds."""
    with zipfile.ZipFile(next(made.rglob("*.zip"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def rebuilt(path: Path, files: Mapping[bytes, bytes], extra: Mapping[bytes, bytes]) -> Path:
    """As old packers write it: stored, each name as bytes of the PC's code page."""
    body, central = b"", b""
    for name, content in files.items():
        more = extra.get(name, b"")
        common = struct.pack(
            "<HHHHHLLLHH",
            20,
            0,
            0,
            0,
            0x5A29,
            zlib.crc32(content),
            len(content),
            len(content),
            len(name),
            len(more),
        )
        central += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(body))
        )
        central += name + more
        body += b"PK\x03\x04" + common + name + more + content
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(central), len(body), 0)
    path.write_bytes(body + central + end)
    return path


@pytest.mark.parametrize("name", ["as-made", "gbk-names", "in-a-folder"])
def test_a_zip_packed_anew_is_as_whole_as_the_one_that_was_made(name: str) -> None:
    found = verify(SENT / f"{name}.zip")
    assert found.is_whole
    assert found.code == "HRN6XF7S"
    assert len(found.files) == 2


@pytest.mark.parametrize("coding", ["gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("within", ["", "常乐镇报送/", "常乐镇\\"])
def test_names_of_any_packing_pc_are_read(
    files: dict[str, bytes], tmp_path: Path, coding: str, within: str
) -> None:
    names = {f"{within}{name}".encode(coding): content for name, content in files.items()}
    found = verify(rebuilt(tmp_path / "包.zip", names, {}))
    assert found.is_whole
    assert [one.path for one in found.files] == [name for name in files if name != NAME]


def test_the_name_in_utf_8_beside_the_old_one_counts(files: dict[str, bytes], tmp_path: Path) -> None:
    """As WinRAR writes it where the code page lacks a character."""
    names = {f"?{number}".encode(): name for number, name in enumerate(files)}
    extra = {
        raw: struct.pack("<HHBL", 0x7075, 5 + len(name.encode()), 1, zlib.crc32(raw)) + name.encode()
        for raw, name in names.items()
    }
    path = rebuilt(tmp_path / "包.zip", {raw: files[name] for raw, name in names.items()}, extra)
    assert verify(path).is_whole


def test_a_mac_takes_letters_apart(files: dict[str, bytes], tmp_path: Path) -> None:
    listing = files.pop(NAME)
    page = next(name for name in files if name.endswith(".html"))
    files["é.html"] = files.pop(page)
    inside = {unicodedata.normalize("NFD", name): content for name, content in files.items()}
    inside[NAME] = listing.replace(page.encode(), "é.html".encode())
    inside["__MACOSX/._清单.txt"] = b"x"
    found = verify(zipped(tmp_path / "包.zip", inside))
    assert found.is_whole
    assert [one.path for one in found.files if one.verdict is Verdict.PASSED_OVER] == ["__MACOSX/._清单.txt"]


def test_a_folder_unpacked_with_names_in_gbk_is_read(folder: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("names are Unicode there")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rename(path.parent / os.fsdecode(path.name.encode("gbk")))
    assert verify(folder).is_whole


@pytest.mark.parametrize("within", ["", "2025年报送/"])
def test_the_folder_zipped_from_outside_is_read(folder: Path, tmp_path: Path, within: str) -> None:
    inside = {
        f"{within}{path.relative_to(folder.parent).as_posix()}": path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert verify(zipped(tmp_path / "从外面压缩.zip", inside)).is_whole
    page = next(name for name in inside if name.endswith(".html"))
    assert verdicts(zipped(tmp_path / "改过.zip", {**inside, page: b"x"})) == {Verdict.SAME, Verdict.CHANGED}


def verdicts(path: Path) -> set[Verdict]:
    return {one.verdict for one in verify(path).files}


def test_what_lies_beside_the_only_folder_in_a_zip_is_none_of_its_files(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    inside = {f"常乐镇/{name}": content for name, content in files.items()}
    found = verify(zipped(tmp_path / "包.zip", {**inside, "请示.docx": b"x", "~$请示.docx": b"x"}))
    assert not found.is_whole
    assert [(one.path, one.verdict) for one in found.files[-2:]] == [
        ("请示.docx", Verdict.EXTRA),
        ("~$请示.docx", Verdict.PASSED_OVER),
    ]


def test_a_zip_in_a_zip_is_taken_once(files: dict[str, bytes], tmp_path: Path) -> None:
    inner = zipped(tmp_path / "内.zip", files)
    outer = zipped(tmp_path / "外.zip", {"常乐镇/内.zip": inner.read_bytes(), "常乐镇/Thumbs.db": b"x"})
    assert verify(outer).is_whole
    beside = zipped(tmp_path / "旁.zip", {"内.zip": inner.read_bytes(), "说明.docx": b"x"})
    assert verdicts(beside) == {Verdict.SAME, Verdict.EXTRA}
    with pytest.raises(VerificationError, match=r"两层压缩包里，请解开一层"):
        verify(zipped(tmp_path / "三层.zip", {"外.zip": outer.read_bytes()}))


def test_a_zip_with_a_password_asks_to_be_unpacked(files: dict[str, bytes], tmp_path: Path) -> None:
    path = zipped(tmp_path / "包.zip", files)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(VerificationError, match="设了密码"):
        verify(path)


def test_two_lists_codes_must_agree(folder: Path) -> None:
    listing = folder / NAME
    text = listing.read_text(encoding="utf-8-sig")
    code = read_manifest(listing.read_bytes()).code
    listing.write_text(text.replace(f"核对码：{code}", "核对码：00000000", 1), encoding="utf-8-sig")
    with pytest.raises(VerificationError, match="两处的核对码不同"):
        verify(folder)


# -- many


@pytest.fixture
def many(made: Path, files: dict[str, bytes], tmp_path: Path) -> Path:
    """A district's folder: a folder, a zip, one in GBK, all whole, and what lies around."""
    inbox = tmp_path / "收件"
    shutil.copytree(made, inbox / "1月" / made.name)
    zipped(inbox / "柳湾镇.zip", files)
    rebuilt(inbox / "样板镇.zip", {name.encode("gbk"): content for name, content in files.items()}, {})
    (inbox / "名单.xlsx").write_bytes(b"x")
    (inbox / "desktop.ini").write_bytes(b"x")
    return inbox


def test_a_folder_of_many_has_a_line_each(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(many)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("：")[0] for line in lines[:3]] == [
        "没有改动  1月/报送-沙坡头区常乐镇2024",
        "没有改动  柳湾镇.zip",
        "没有改动  样板镇.zip",
    ]
    assert "第 1 次报送，2025-01-09 10:32" in lines[0]
    assert "名单.xlsx" in lines[3]
    assert "共 3 份，3 份没有改动" in lines[4]


@pytest.mark.parametrize(
    "harm",
    [
        lambda box: (box / "1月" / "报送-沙坡头区常乐镇2024" / "清单.txt").unlink(),
        lambda box: (box / "1月" / "报送-沙坡头区常乐镇2024" / "多出来.docx").write_bytes(b"x"),
        lambda box: (box / "柳湾镇.zip").write_bytes((box / "柳湾镇.zip").read_bytes()[:-30]),
        lambda box: (box / "没有清单.zip").write_bytes(zipped(box / "y", {"a.docx": b"x"}).read_bytes()),
        lambda box: (box / "牛营镇.rar").write_bytes(b"Rar!"),
        lambda box: (box / "内部-年报.docx").write_bytes(b"x"),
        lambda box: (box / "年报.gknb").write_bytes(b"x"),
    ],
    ids=["no list", "one more", "cut", "no list in the zip", "rar", "internal alone", "data alone"],
)  # fmt: skip
def test_one_that_is_not_whole_is_told_by_the_exit_code(many: Path, harm: object) -> None:
    assert callable(harm)
    harm(many)
    assert main(["verify", str(many)]) == 1
    assert sum(not one.is_whole for one in verify_sent(many).packages) >= 1


def test_many_in_one_zip_are_read_as_many(files: dict[str, bytes], tmp_path: Path) -> None:
    whole = zipped(tmp_path / "甲.zip", files).read_bytes()
    broken = zipped(tmp_path / "乙.zip", {**files, "多.docx": b"x"}).read_bytes()
    sent = verify_sent(zipped(tmp_path / "全区.zip", {"甲.zip": whole, "乙.zip": broken, "说明.txt": b"x"}))
    assert [(one.name, one.is_whole) for one in sent.packages] == [("乙.zip", False), ("甲.zip", True)]
    assert sent.beside == ("说明.txt",)


def test_json_of_many_is_a_list_of_what_one_is(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (many / "牛营镇.7z").write_bytes(b"7z")
    assert main(["verify", "--json", str(many)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["whole"] is False
    assert [one["whole"] for one in told["packages"]] == [True, True, True, False]
    first = told["packages"][0]
    assert (first["unit"], first["year"], first["number"]) == ("中卫市沙坡头区常乐镇人民政府", "2024", 1)
    assert "解压后再核对" in told["packages"][3]["trouble"]


# -- ours


def test_the_list_opens_with_lines_that_a_program_can_read(made: Path) -> None:
    lines = (made / NAME).read_text(encoding="utf-8-sig").splitlines()
    code = verify(made).code
    assert lines[:5] == [
        "单位：中卫市沙坡头区常乐镇人民政府",
        "年度：2024",
        "第几次报送：1",
        "报送时间：2025-01-09 10:32:07+08:00",
        f"核对码：{code}",
    ]
    read = read_manifest((made / NAME).read_bytes())
    assert (read.unit, read.year, read.number, read.code) == ("中卫市沙坡头区常乐镇人民政府", "2024", 1, code)
    assert read.made == NOW.replace(microsecond=0)


def test_our_zip_says_unix_modes_utf_8_and_the_time(made: Path) -> None:
    with zipfile.ZipFile(next(made.rglob("*.zip"))) as archive:
        for entry in archive.infolist():
            assert entry.create_system == 3
            assert entry.external_attr >> 16 == 0o100644
            assert entry.flag_bits & 0x800
            assert entry.date_time == (2025, 1, 9, 10, 32, 6)  # a zip counts in steps of two seconds


@pytest.mark.skipif(shutil.which("unzip") is None, reason="Info-ZIP is not installed")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "POSIX"])
def test_info_zip_unpacks_chinese_names_right(made: Path, tmp_path: Path, locale: str) -> None:
    packed = next(made.rglob("*.zip"))
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale}
    command = ["unzip", "-q", str(packed), "-d", str(tmp_path)]
    subprocess.run(command, check=True, env=environment)
    with zipfile.ZipFile(packed) as archive:
        assert {path.name for path in tmp_path.iterdir()} == set(archive.namelist())
    assert verify(tmp_path).is_whole


def test_the_same_hand_in_gives_the_same_bytes_and_another_the_next_number(tmp_path: Path) -> None:
    report = example()
    first = handed_in(report, tmp_path / "一")
    made = read_manifest((first / NAME).read_bytes())
    assert made.made is not None
    order = Order(NOW, (HandIn.HTML, HandIn.GKNB))
    this = make_submission(
        FORM, report, order, tmp_path / "二", Choices(bundled_fonts=True), lambda *_: None
    ).this
    report.hand_ins[1] = this.made
    later = NOW + dt.timedelta(days=3)
    again = handed_in(report, tmp_path / "三", later)
    assert contents(again) == contents(first)
    report.prose["other_matters.text"] = "改过的话。"
    second = read_manifest((handed_in(report, tmp_path / "四", later) / NAME).read_bytes())
    assert (second.number, second.made) == (2, later.replace(microsecond=0))


def test_a_hand_in_says_which_unit_and_what_it_answers_to_the_district_alone(tmp_path: Path) -> None:
    report = example()
    report.facts[Fact.UNIT_ID] = "QS-11"
    for number, at in (("1", NOW), ("2", NOW + dt.timedelta(hours=1))):
        report.notices[f"退-{number}"] = Notice(
            at, "区政务公开办", "请核对。", return_id=f"QS-11-退回-{number}"
        )
    made = handed_in(report, tmp_path)
    listed = read_manifest((made / NAME).read_bytes())
    assert (listed.unit_id, listed.number, listed.answers) == ("QS-11", 1, "QS-11-退回-2")
    (copy,) = [read_report(path).report for path in (made / "内部").glob("*.gknb")]
    assert (copy.hand_ins[1].unit_id, copy.hand_ins[1].answers) == ("QS-11", "QS-11-退回-2")
    for path in (made / "公开").iterdir():
        assert b"QS-11" not in path.read_bytes(), path.name


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_hand_in_that_did_not_come_into_the_report_is_known_by_its_folder(tmp_path: Path) -> None:
    """The program was ended between making the files and saving the report."""
    report = example()
    first = contents(handed_in(report, tmp_path))
    later = NOW + dt.timedelta(days=3)
    assert contents(handed_in(report, tmp_path, later)) == first
    report.prose["other_matters.text"] = "改过的话。"
    assert read_manifest((handed_in(report, tmp_path, later) / NAME).read_bytes()).number == 2


def test_what_was_open_at_a_hand_in_stays_in_the_office(tmp_path: Path) -> None:
    report = example()
    report.hand_ins[1] = HandedIn(NOW, "AAAAAAAA", errors=7, warnings=9, digest="d1ce")
    made = handed_in(report, tmp_path)
    data = next((made / "内部").glob("*.gknb")).read_text("utf-8")
    assert '"number": 2' in data
    assert "d1ce" not in data
    assert '"errors": null' in data
    assert '"hand_ins": []' in next((made / "公开").glob("*.gknb")).read_text("utf-8")


def test_errors_of_the_data_file_are_told_and_do_not_make_it_less_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = read_report(SENT.parent / "gaps" / "blank-table-three.gknb").report
    folder = handed_in(report, tmp_path)
    assert main(["verify", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "的审核：错误 1 处" in told
    assert "表三还有 144 格未填" in told
    assert main(["verify", "--json", str(folder)]) == 0
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["errors"]] == ["NUM-1"]
    many = tmp_path / "许多份"
    many.mkdir()
    for number in (1, 2):
        shutil.copytree(folder, many / f"第{number}份")
    assert main(["verify", str(many)]) == 0
    assert capsys.readouterr().out.count("数据里有 1 处错误") == 2
