"""报送: exactly what the profile names, public and internal apart, whole or not at all."""

import datetime as dt
import email
import email.header
import email.policy
import errno
import hashlib
import io
import os
import re
import urllib.parse
import zipfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdf
import pytest

from reportdesk.exports import manifest
from reportdesk.exports.formats import Choices
from reportdesk.outgoing import scan_file, submission
from reportdesk.outgoing.export_files import PublishError
from reportdesk.outgoing.file_names import handed_in_stem
from reportdesk.outgoing.hand_in import with_hand_in
from reportdesk.outgoing.submission import Goes, Order, Submission, make_submission
from reportdesk.outgoing.submission_names import folder_name
from reportdesk.outgoing.verification import verify
from reportdesk.report.check_code import check_code
from reportdesk.report.document import Fact, Report
from reportdesk.report.file.codec import decode
from reportdesk.store import disk
from reportdesk.store.user_data.unit_profile import HandIn
from tests.internal_words import SECRETS, full_of_secrets
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
CHOICES = Choices(bundled_fonts=True)
NAME = "沙坡头区常乐镇2024年政府信息公开工作年度报告"
FEW = (HandIn.GKNB,)
"""What is soon made, for tests that are about something else."""


def make(report: Report, beside: Path, **order: object) -> Submission:
    asked = Order(**{"now": NOW, **order})  # type: ignore[arg-type]
    return make_submission(FORM, report, asked, beside, CHOICES, lambda *_: None)


def scan(folder: Path, content: bytes = b"%PDF-1.4 scanned") -> Path:
    path = folder / "扫描 001.pdf"
    path.write_bytes(content)
    return path


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def text_of(path: Path) -> str:
    """All that can be read in a file, however it is packed."""
    content = path.read_bytes()
    if content.startswith(b"%PDF"):
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            printed = "".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
        attached = pypdf.PdfReader(io.BytesIO(content)).attachments
        inside = "".join(one.decode() for many in attached.values() for one in many)
        assert "常乐镇" in inside
        return printed + inside + content.decode("latin-1")
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


def test_the_usual_files_with_public_and_internal_apart(tmp_path: Path) -> None:
    made = make(example(), tmp_path, scan=scan(tmp_path))
    assert made.folder == tmp_path / "报送-沙坡头区常乐镇2024"
    assert names(made.folder) == {
        "清单.txt",
        f"公开/{NAME}.docx",
        f"公开/{NAME}.gknb",
        f"内部/内部-{NAME}.gknb",
        f"内部/内部-{NAME}（盖章扫描件）.pdf",
        f"内部/内部-审核单-{NAME}.pdf",
        f"内部/内部-报送-{NAME}.zip",
        f"内部/内部-邮件草稿-{NAME}.eml",
    }
    assert {one.path for one in made.files} == names(made.folder) - {"清单.txt"}
    assert made.notices == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["扫描 001.pdf", "报送-沙坡头区常乐镇2024"]
    )


@pytest.mark.parametrize("hand_in", [(HandIn.PDF,), (HandIn.XLSX, HandIn.HTML), (HandIn.SCAN,)])
def test_exactly_what_the_profile_names(tmp_path: Path, hand_in: tuple[HandIn, ...]) -> None:
    made = make(example(), tmp_path, hand_in=hand_in)
    public = {name for name in names(made.folder) if name.startswith("公开/")}
    assert public == {f"公开/{NAME}.{one}" for one in hand_in if one is not HandIn.SCAN}


def test_the_zip_holds_what_the_district_gets_and_a_list_of_its_own(tmp_path: Path) -> None:
    made = make(example(), tmp_path, scan=scan(tmp_path))
    packed = made.folder / f"内部/内部-报送-{NAME}.zip"
    with zipfile.ZipFile(packed) as archive:
        assert set(archive.namelist()) == {
            f"{NAME}.docx",
            f"内部-{NAME}.gknb",
            f"内部-{NAME}（盖章扫描件）.pdf",
            "清单.txt",
        }
        assert archive.read(f"内部-{NAME}（盖章扫描件）.pdf") == b"%PDF-1.4 scanned"
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist() if not entry.filename.isascii())
    assert verify(packed).is_whole
    assert verify(made.folder).is_whole


def test_nothing_public_holds_anything_internal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "用户钱某")
    monkeypatch.setenv("USERNAME", "用户钱某")
    monkeypatch.setenv("COMPUTERNAME", "电脑吴某")
    report = full_of_secrets()
    everything = tuple(one for one in HandIn if one is not HandIn.SCAN)
    made = make(report, tmp_path, hand_in=everything)
    outside = [path for path in made.folder.rglob("*") if path.is_file() and path.parent.name == "公开"]
    assert len(outside) == len(everything)
    for path in outside:
        text = text_of(path)
        found = [word for word in (*SECRETS, "钱某", "吴某", str(tmp_path), "说明李") if word in text]
        assert found == [], path.name
        assert not path.name.startswith("内部")
    for path in (made.folder / "内部").iterdir():
        assert path.name.startswith("内部-")


def test_the_code_is_among_the_keywords_and_on_no_published_page(tmp_path: Path) -> None:
    made = make(example(), tmp_path, hand_in=(HandIn.PDF, HandIn.HTML))
    (page,) = made.folder.glob("公开/*.html")
    head, _, body = page.read_text(encoding="utf-8").partition("<body>")
    assert made.code in head
    assert made.code not in body
    (paper,) = made.folder.glob("公开/*.pdf")
    with pdfplumber.open(paper) as pdf:
        assert made.code in pdf.metadata["Keywords"]
        assert not [sheet for sheet in pdf.pages if made.code in sheet.extract_text()]


def test_the_districts_copy_brings_the_explanations_but_no_remarks(tmp_path: Path) -> None:
    made = make(full_of_secrets(), tmp_path, hand_in=FEW)
    copy = decode((made.folder / f"内部/内部-{NAME}.gknb").read_bytes()).report
    assert [one.text for one in copy.explanations.values()] == ["说明李某"]
    assert copy.last_year is not None
    assert copy.remarks == {}
    public = decode((made.folder / f"公开/{NAME}.gknb").read_bytes()).report
    assert public.explanations == {}
    assert public.previous == {}


def test_a_folder_of_another_unit_with_the_same_title_is_left_alone(tmp_path: Path) -> None:
    """A 便民服务中心 got the township's title: the folder is the township's all the same."""
    first = make(example(), tmp_path, hand_in=FEW).folder
    before = {path: path.read_bytes() for path in first.rglob("*") if path.is_file()}
    other = example()
    other.facts[Fact.FULL_NAME] = "常乐镇便民服务中心"
    second = make(other, tmp_path, hand_in=FEW).folder
    assert second.name == f"{first.name} (2)"
    assert {path: path.read_bytes() for path in first.rglob("*") if path.is_file()} == before
    assert make(other, tmp_path, hand_in=FEW).folder == second


def test_the_slip_names_the_file_that_it_was_made_of(tmp_path: Path) -> None:
    made = make(example(), tmp_path, hand_in=FEW, file=tmp_path / "常乐镇2024（领导改）.gknb")
    slip = next(path for path in made.folder.rglob("*.pdf") if "审核单" in path.name)
    with pdfplumber.open(slip) as pdf:
        assert "常乐镇2024（领导改）.gknb" in "".join(page.extract_text() for page in pdf.pages)


def test_the_list_gives_sums_that_any_program_can_compare(tmp_path: Path) -> None:
    made = make(example(), tmp_path, hand_in=FEW)
    text = (made.folder / "清单.txt").read_text(encoding="utf-8-sig")
    assert made.code == check_code(FORM, example())
    assert f"核对码：{made.code}" in text
    sums = re.findall(r"^([0-9a-f]{64})  (.+)$", text, re.MULTILINE)
    assert len(sums) == len(made.files)
    for digest, path in sums:
        assert hashlib.sha256((made.folder / path).read_bytes()).hexdigest() == digest


def test_each_file_says_who_gets_it(tmp_path: Path) -> None:
    made = make(example(), tmp_path, hand_in=FEW)
    assert {one.path.rpartition("/")[2][:6]: one.goes for one in made.files} == {
        "内部-报送-": Goes.DISTRICT,
        NAME[:6]: Goes.PUBLIC,
        f"内部-{NAME}"[:6]: Goes.DISTRICT,
        "内部-审核单": Goes.OFFICE,
        "内部-邮件草": Goes.OFFICE,
    }


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    make_submission(FORM, example(), Order(NOW), tmp_path, CHOICES, lambda *step: steps.append(step))
    assert [done for done, _, _ in steps] == list(range(len(steps)))
    assert {of for _, of, _ in steps} == {len(steps)}


# -- the mail


def test_the_mail_is_a_draft_whose_chinese_any_program_reads(tmp_path: Path) -> None:
    report = example()
    report.facts[Fact.TELEPHONE] = "0955-7000000"
    made = make(report, tmp_path, hand_in=FEW, report_to="区政务公开办 <spt_gk@nx.gov.cn>，抄送 b@nx.gov.cn")
    raw = (made.folder / f"内部/内部-邮件草稿-{NAME}.eml").read_bytes()
    assert raw.isascii()
    assert b"filename*" in raw
    assert b"=?utf-8?" in raw
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["X-Unsent"] == "1"
    assert message["Subject"] == NAME
    assert message["To"] == "spt_gk@nx.gov.cn, b@nx.gov.cn"
    assert message["From"] is None
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == f"内部-报送-{NAME}.zip"
    assert attached.get_content() == (made.folder / f"内部/内部-报送-{NAME}.zip").read_bytes()
    body = message.get_body()
    assert body is not None
    assert made.code in body.get_content()
    assert "0955-7000000" in body.get_content()


@pytest.mark.parametrize("unit", ["沙坡头区常乐镇", "镇" * 40, "Bayan 嘎查"])
def test_the_attachments_name_is_read_by_programs_old_and_new(tmp_path: Path, unit: str) -> None:
    report = example()
    report.facts[Fact.TITLE_NAME] = unit
    made = make(report, tmp_path, hand_in=FEW)
    (draft,) = (made.folder / one.path for one in made.files if one.is_mail)
    (packed,) = (made.folder / one.path for one in made.files if one.is_zip)
    raw = draft.read_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    *_, attached = email.message_from_bytes(raw).walk()
    assert urllib.parse.quote(packed.name).encode() in re.sub(rb";\r\n filename\*\d+\*=", b"", raw)
    said = email.header.decode_header(str(attached.get_param("name")))
    assert "".join(words.decode(charset) for words, charset in said) == packed.name
    assert attached.get_payload(decode=True) == packed.read_bytes()


def test_the_same_hand_in_makes_the_same_mail_whenever_and_wherever(tmp_path: Path) -> None:
    report = example()
    first = make(report, tmp_path / "一", hand_in=FEW)
    known = with_hand_in(report, first.this)
    again = make(known, tmp_path / "二", hand_in=FEW, now=NOW + dt.timedelta(days=3, seconds=7))
    drafts = [next(one.folder / file.path for file in one.files if file.is_mail) for one in (first, again)]
    assert drafts[0].read_bytes() == drafts[1].read_bytes()
    message = email.message_from_bytes(drafts[0].read_bytes())
    assert (message["Date"], message["Message-ID"]) == (None, None)  # the sending program's


def test_a_recipient_without_an_address_stays_for_the_clerk_to_fill_in(tmp_path: Path) -> None:
    made = make(example(), tmp_path, hand_in=FEW, report_to="报区政府办 302 室\r\nBcc: x")
    draft = next(one for one in made.files if one.is_mail)
    message = email.message_from_bytes((made.folder / draft.path).read_bytes(), policy=email.policy.default)
    assert message["To"] is None
    assert message["Bcc"] is None


def test_a_zip_too_large_for_mail_gets_no_draft_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submission, "MAX_MAILED", 10)
    made = make(example(), tmp_path, hand_in=FEW)
    assert not any(one.is_mail for one in made.files)
    assert any("U 盘" in notice for notice in made.notices)


# -- the scan


def test_a_missing_scan_is_told_and_the_rest_is_made(tmp_path: Path) -> None:
    made = make(example(), tmp_path, hand_in=(HandIn.GKNB, HandIn.SCAN))
    assert any("还缺盖章扫描件" in notice for notice in made.notices)
    assert not any("扫描件" in name for name in names(made.folder))


def test_a_scan_is_not_asked_for_where_the_profile_does_not_name_it(tmp_path: Path) -> None:
    assert make(example(), tmp_path, hand_in=FEW).notices == ()


@pytest.mark.parametrize(
    ("content", "says"), [(b"MZ not a pdf", "不是 PDF"), (b"%PDF-1.4" + b"0" * 100, "超过")]
)
def test_a_scan_that_cannot_be_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, says: str
) -> None:
    monkeypatch.setattr(scan_file, "MAX_SCAN", 50)
    with pytest.raises(PublishError, match=says):
        make(example(), tmp_path, scan=scan(tmp_path, content))
    assert names(tmp_path) == {"扫描 001.pdf"}


def test_a_scan_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="不存在"):
        make(example(), tmp_path, scan=tmp_path / "没有.pdf")


# -- again


def test_made_again_the_same_report_leaves_one_folder_and_keeps_the_scan(tmp_path: Path) -> None:
    both = (HandIn.GKNB, HandIn.SCAN)
    make(example(), tmp_path, hand_in=both, scan=scan(tmp_path))
    again = make(example(), tmp_path, hand_in=both)
    assert any("沿用" in notice for notice in again.notices)
    assert any("盖章扫描件" in name for name in names(again.folder))
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["报送-沙坡头区常乐镇2024"]


def test_what_was_handed_in_before_a_change_stays_beside(tmp_path: Path) -> None:
    both = (HandIn.GKNB, HandIn.SCAN)
    make(example(), tmp_path, hand_in=both, scan=scan(tmp_path))
    changed = example()
    changed.prose["other_matters.text"] = "改过的一句话。"
    again = make(changed, tmp_path, hand_in=both)
    assert any("还缺盖章扫描件" in notice for notice in again.notices)  # the seal was on another text
    assert any("（旧）" in notice for notice in again.notices)
    assert verify(tmp_path / "报送-沙坡头区常乐镇2024（旧）").is_whole


@pytest.mark.parametrize("place", ["我的笔记.txt", "内部/往来/一月/九日/我的笔记.txt"])
def test_a_file_that_the_clerk_put_there_is_kept(tmp_path: Path, place: str) -> None:
    made = make(example(), tmp_path, hand_in=FEW)
    (made.folder / place).parent.mkdir(parents=True, exist_ok=True)
    (made.folder / place).write_text("笔记", encoding="utf-8")
    make(example(), tmp_path, hand_in=FEW)
    assert (tmp_path / "报送-沙坡头区常乐镇2024（旧）" / place).read_text(encoding="utf-8") == "笔记"


def test_a_file_that_is_not_asked_for_any_more_stays_beside(tmp_path: Path) -> None:
    make(example(), tmp_path, hand_in=(HandIn.HTML, HandIn.GKNB))
    again = make(example(), tmp_path, hand_in=(HandIn.GKNB,))
    assert any("（旧）" in notice for notice in again.notices)
    assert list((tmp_path / "报送-沙坡头区常乐镇2024（旧）").rglob("*.html"))


def test_a_folder_of_that_name_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "报送-沙坡头区常乐镇2024"
    own.mkdir()
    (own / "工作台账.xlsx").write_bytes(b"x")
    made = make(example(), tmp_path, hand_in=FEW)
    assert made.folder.name == "报送-沙坡头区常乐镇2024 (2)"
    assert names(own) == {"工作台账.xlsx"}


def test_a_folder_that_an_earlier_version_named_is_gone_on_with(tmp_path: Path) -> None:
    both = (HandIn.GKNB, HandIn.SCAN)
    first = make(example(), tmp_path, hand_in=both, scan=scan(tmp_path))
    former = first.folder.rename(tmp_path / "沙坡头区常乐镇2024")
    assert verify(former).is_whole
    again = make(example(), tmp_path, hand_in=both)
    assert again.folder == former
    assert (again.this.number, again.this.made.made) == (1, first.this.made.made)
    assert any("沿用" in notice for notice in again.notices)
    changed = example()
    changed.prose["other_matters.text"] = "改过的一句话。"
    assert make(changed, tmp_path, hand_in=FEW).this.number == 2
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {
        former.name,
        f"{former.name}（旧）",
    }


def test_a_folder_with_an_earlier_name_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "沙坡头区常乐镇2024").mkdir()
    made = make(example(), tmp_path, hand_in=FEW)
    assert made.folder.name == "报送-沙坡头区常乐镇2024"
    assert not names(tmp_path / "沙坡头区常乐镇2024")


# -- names


@pytest.mark.parametrize(
    ("unit", "year", "folder"),
    [
        ("CON", "", "报送-_CON"),
        ("con.", "", "报送-_con"),
        ("镇/..\\a:b*c?", "2024", "报送-镇_.._a_b_c_2024"),
        ("常乐镇. ", "2024", "报送-常乐镇2024"),
        ("", "2024", "报送-2024"),
        ("", "", "报送-年报"),
        ("\u202e镇\x07\n", "2024", "报送-镇2024"),
        ("镇" * 200, "2024", "报送-" + "镇" * 40 + "2024"),
        ("𬭎" * 200, "2024", "报送-" + "𬭎" * 30 + "2024"),
    ],
)
def test_names_suit_windows(unit: str, year: str, folder: str) -> None:
    report = Report("2021", {Fact.FULL_NAME: unit, Fact.YEAR: year})
    assert folder_name(report) == folder
    assert handed_in_stem(report).endswith(
        f"{year}年政府信息公开工作年度报告" if year else "政府信息公开工作年度报告"
    )


def test_a_unit_with_a_name_of_200_characters_hands_in_like_any_other(tmp_path: Path) -> None:
    report = example()
    report.facts[Fact.TITLE_NAME] = "𬭎" * 200
    made = make(report, tmp_path, hand_in=(HandIn.HTML, HandIn.GKNB, HandIn.SCAN), scan=scan(tmp_path))
    assert verify(made.folder).is_whole
    assert max(len(Path(name).name) for name in names(made.folder)) < 100
    assert max(len(Path(name).name.encode()) for name in names(made.folder)) < 255


# -- failures


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("step", ["create", "write", "sync", "replace", "make_folder"])
def test_a_disk_that_fails_at_any_step_leaves_the_old_folder_and_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    made = make(example(), tmp_path, hand_in=FEW)
    before = {name: (made.folder / name).read_bytes() for name in names(made.folder)}
    changed = example()
    changed.prose["other_matters.text"] = "改过的一句话。"
    real: Callable[..., object] = getattr(disk, step)
    calls = 0

    def count(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        return real(*arguments, **named)

    monkeypatch.setattr(disk, step, count)
    elsewhere = tmp_path / "试"
    make(changed, elsewhere, hand_in=FEW)
    for failing in range(1, calls + 1):
        _fail_at(monkeypatch, step, real, failing, code)
        with pytest.raises(PublishError, match=r"[。]$"):
            make(changed, tmp_path, hand_in=FEW)
        assert {name: (made.folder / name).read_bytes() for name in names(made.folder)} == before
        assert {path.name for path in tmp_path.iterdir()} == {made.folder.name, "试"}


def _fail_at(
    monkeypatch: pytest.MonkeyPatch, step: str, real: Callable[..., object], failing: int, code: int
) -> None:
    calls = 0

    def fail(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(code, os.strerror(code))
        return real(*arguments, **named)

    monkeypatch.setattr(disk, step, fail)


def test_a_disk_that_does_not_keep_what_was_written_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.write
    monkeypatch.setattr(disk, "write", lambda file, content: real(file, content[:-1] + b"?"))
    with pytest.raises(PublishError, match="不一样"):
        make(example(), tmp_path, hand_in=FEW)
    assert list(tmp_path.iterdir()) == []


def test_a_character_without_a_face_stops_it_with_a_sentence(tmp_path: Path) -> None:
    report = example()
    report.prose["other_matters.text"] = "\U0001f600"
    with pytest.raises(PublishError, match="印不出来"):
        make(report, tmp_path, hand_in=(HandIn.PDF,))
    assert list(tmp_path.iterdir()) == []


def test_reading_the_list_back_gives_what_was_written() -> None:
    listed = manifest.Listed("公开/甲.docx", "0" * 64, "Word")
    written = manifest.write_manifest(manifest.Manifest("0123ABCD", (listed,)), ["标题"])
    read = manifest.read_manifest(written)
    assert read.code == "0123ABCD"
    assert [(one.path, one.digest) for one in read.files] == [(listed.path, listed.digest)]
