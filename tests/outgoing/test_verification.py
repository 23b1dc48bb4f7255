"""Whether a 报送 folder or zip is as it was made: file by file, and never fooled out of its folder."""

import datetime as dt
import hashlib
import io
import os
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from reportdesk.cli import main
from reportdesk.exports import manifest
from reportdesk.exports.formats import Choices
from reportdesk.exports.manifest import ManifestError, read_manifest
from reportdesk.outgoing import file_verdicts as limits
from reportdesk.outgoing.submission import Order, make_submission
from reportdesk.outgoing.verification import Verdict, VerificationError, verify
from reportdesk.report.file.codec import encode
from reportdesk.store.user_data.unit_profile import HandIn
from tests.test_example import FORM, example

NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    order = Order(NOW, (HandIn.HTML, HandIn.GKNB))
    return make_submission(
        FORM, example(), order, tmp_path, Choices(bundled_fonts=True), lambda *_: None
    ).folder


def packed(folder: Path) -> Path:
    return next(folder.rglob("*.zip"))


def verdicts(path: Path) -> dict[Verdict, list[str]]:
    found: dict[Verdict, list[str]] = {}
    for one in verify(path).files:
        found.setdefault(one.verdict, []).append(Path(one.path).name)
    return found


def test_what_was_made_is_whole_as_folder_and_as_zip(folder: Path) -> None:
    assert list(verdicts(folder)) == [Verdict.SAME]
    assert list(verdicts(packed(folder))) == [Verdict.SAME]


def test_a_change_of_a_single_byte_is_found(folder: Path) -> None:
    page = next(folder.rglob("*.html"))
    page.write_bytes(page.read_bytes()[:-1] + b" ")
    assert verdicts(folder)[Verdict.CHANGED] == [page.name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no FIFOs")
@pytest.mark.parametrize("name", ["*.html", manifest.NAME])
def test_a_pipe_in_the_folder_is_not_waited_for(folder: Path, name: str) -> None:
    replaced = next(folder.rglob(name))
    replaced.unlink()
    os.mkfifo(replaced)
    said: list[str] = []

    def look() -> None:
        try:
            said.extend(
                Path(one.path).name for one in verify(folder).files if one.verdict is Verdict.UNREADABLE
            )
        except VerificationError as error:
            said.append(str(error))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(20)
    assert not looking.is_alive()
    assert said == [replaced.name] or "管道或设备" in said[0]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such endless file here")
def test_a_link_to_an_endless_file_is_refused(folder: Path) -> None:
    page = next(folder.rglob("*.html"))
    page.unlink()
    page.symlink_to("/dev/zero")
    assert verdicts(folder)[Verdict.UNREADABLE] == [page.name]


def test_what_is_missing_and_what_was_put_there_is_found(folder: Path) -> None:
    page = next(folder.rglob("*.html"))
    page.rename(page.with_name("改了名.html"))
    found = verdicts(folder)
    assert found[Verdict.MISSING] == [page.name]
    assert found[Verdict.EXTRA] == ["改了名.html"]


@pytest.mark.parametrize("place", ["底稿.docx", "内部/往来/底稿.docx", "内部/往来/一月/九日/底稿.docx"])
def test_a_file_that_was_put_there_is_noticed_however_deep_it_lies(folder: Path, place: str) -> None:
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    (folder / place).write_bytes(b"x")
    assert len(verdicts(folder)[Verdict.EXTRA]) == 1


def test_files_of_the_system_do_not_count(folder: Path) -> None:
    (folder / "公开" / "Thumbs.db").write_bytes(b"x")
    (folder / "desktop.ini").write_bytes(b"x")
    (folder / "公开" / "~$报告.docx").write_bytes(b"x")
    (folder / "内部" / ".DS_Store").write_bytes(b"x")
    assert verify(folder).is_whole
    assert sorted(verdicts(folder)[Verdict.PASSED_OVER]) == [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$报告.docx",
    ]


def test_a_data_file_of_another_report_is_found_although_its_sum_was_made_anew(folder: Path) -> None:
    other = example()
    other.prose["other_matters.text"] = "别的话。"
    data = next((folder / "公开").glob("*.gknb"))
    digest = hashlib.sha256(data.read_bytes()).hexdigest()
    data.write_bytes(encode(other))
    listing = folder / "清单.txt"
    anew = hashlib.sha256(data.read_bytes()).hexdigest()
    listing.write_bytes(listing.read_bytes().replace(digest.encode(), anew.encode()))
    assert verdicts(folder)[Verdict.OTHER_REPORT] == [data.name]


@pytest.mark.parametrize(
    "path", ["../别处.txt", "/etc/passwd", "C:/x", "公开\\..\\..\\x", "公开/../../x", "公开/\x1b[2J"]
)
def test_a_list_that_leads_out_of_its_folder_is_refused(folder: Path, path: str) -> None:
    listing = folder / "清单.txt"
    text = listing.read_text(encoding="utf-8-sig")
    listing.write_text(f"{text}{'0' * 64}  {path}\n", encoding="utf-8-sig")
    with pytest.raises(VerificationError, match="不在这个文件夹里"):
        verify(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        "清单\n".encode(),
        b"reportdesk-manifest 1 0123ABCD\n",
        b"reportdesk-manifest 1 0123ABCD\n" + (b"0" * 64 + b"  a\n") * 2,
        b"reportdesk-manifest 1 0123ABCD\n" + b"".join(b"0" * 64 + b"  %d\n" % n for n in range(99)),
        b"x" * (manifest.MAX_BYTES + 1),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(ManifestError, match=r"[清单里]"):
        read_manifest(content)


def test_a_folder_or_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"no zip")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("x", "y")
    (tmp_path / "b.zip").write_bytes(other.getvalue())
    for path in (tmp_path, tmp_path / "a.txt", tmp_path / "b.zip", tmp_path / "没有"):
        with pytest.raises(VerificationError, match=r"。$"):
            verify(path)


def test_a_cut_zip_is_told_and_a_bomb_is_not_read_to_its_end(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = packed(folder).read_bytes()
    cut = tmp_path / "断.zip"
    cut.write_bytes(content[: len(content) // 2])
    with pytest.raises(VerificationError):
        verify(cut)
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 1000)
    assert set(verdicts(packed(folder))) == {Verdict.UNREADABLE}


def test_many_files_are_not_read_beyond_what_all_may_have(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = verify(folder).files
    read = (folder / files[0].path).stat().st_size
    monkeypatch.setattr(limits, "MAX_TOTAL_BYTES", read)
    assert [one.verdict for one in verify(folder).files] == [
        Verdict.SAME,
        *[Verdict.UNREADABLE] * (len(files) - 1),
    ]


def test_a_zip_that_holds_a_file_twice_is_refused(folder: Path) -> None:
    path = packed(folder)
    with zipfile.ZipFile(path, "a") as archive:
        page = next(name for name in archive.namelist() if name.endswith(".html"))
        content = archive.read(page)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(page, content)
    with pytest.raises(VerificationError, match="同名的文件"):
        verify(path)


def test_a_zip_with_a_name_of_no_characters_is_told(folder: Path) -> None:
    path = packed(folder)
    name = manifest.NAME.encode()
    path.write_bytes(path.read_bytes().replace(name, b"\xff" + name[1:]))
    with pytest.raises(VerificationError, match="已损坏"):
        verify(path)


def test_a_zip_with_any_flipped_byte_is_never_called_whole_nor_does_it_break(
    folder: Path, tmp_path: Path
) -> None:
    content = packed(folder).read_bytes()
    with zipfile.ZipFile(packed(folder)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for place in range(0, len(content), 97):
        flipped = bytearray(content)
        flipped[place] ^= 0x20
        path = tmp_path / "坏.zip"
        path.write_bytes(flipped)
        try:
            found = verify(path)
        except VerificationError:
            continue
        if found.is_whole:  # only what is no content was hit, such as a date
            with zipfile.ZipFile(path) as archive:
                assert all(archive.read(one.path) == inside[one.path] for one in found.files)


def test_the_command_says_it_file_by_file_and_by_its_exit_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.count("没有改动  ") == len(verify(folder).files)
    assert f"核对码 {verify(folder).code}" in said
    assert "不能证明" in said
    next(folder.rglob("*.html")).unlink()
    assert main(["verify", str(folder)]) == 1
    assert "缺少" in capsys.readouterr().out
    assert main(["verify", str(folder / "公开")]) == 3
    assert "清单.txt" in capsys.readouterr().err
