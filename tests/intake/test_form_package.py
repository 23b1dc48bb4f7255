"""A district's .gkform is taken in whole or not at all, and never in place of what the program knows better."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from io import FileIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportdesk import __version__, resources
from reportdesk.exports.excel.workbook import render_workbook
from reportdesk.exports.html import render_page
from reportdesk.form.load import edition_for, known_forms, load_form
from reportdesk.intake.form_changes import changes_of
from reportdesk.intake.form_package import HandedOutError, make_package, read_package, take_in
from reportdesk.intake.forms_taken import take_out, taken
from reportdesk.readers.read_file import read_file
from reportdesk.report.document import new_report
from reportdesk.resources import editions, resource
from reportdesk.store import disk
from tests.trials import try_the_same_files_once

ROOT = Path(__file__).parents[2]
NOW = dt.datetime(2026, 1, 9, 8, tzinfo=dt.UTC)
THIRD = (ROOT / "tests" / "data" / "forms" / "third.toml").read_text(encoding="utf-8")
TITLE = (ROOT / "resources" / "rules" / "title.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _the_same_files_are_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    try_the_same_files_once(monkeypatch)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a program that has the 2021 edition and some rules."""
    for part, name in (("forms", "2021.toml"), ("rules", "title.toml"), ("rules", "characters.toml")):
        (tmp_path / "program" / "resources" / part).mkdir(parents=True, exist_ok=True)
        source = ROOT / "resources" / part / name
        (tmp_path / "program" / "resources" / part / name).write_bytes(source.read_bytes())
    monkeypatch.setattr(resources, "_folder", lambda: tmp_path / "program" / "resources")
    load_form.cache_clear()
    yield tmp_path / "program"
    load_form.cache_clear()


def folder_of(place: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    return place


def package_of(place: Path, files: Mapping[str, str]) -> Path:
    target = place / "区里.gkform"
    make_package(target, folder_of(place / "made of", files), files)
    return target


def by_hand(place: Path, files: Mapping[str, bytes], sums: str | None = None) -> Path:
    """A package that the program would not have made."""
    lines = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    target = place / "手工.gkform"
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if sums != "":
            archive.writestr("SHA256SUMS", sums or lines)
    return target


def take_in_file(path: Path) -> str:
    return take_in(read_package(path), NOW)


def edition_in(text: str) -> str:
    return text.split('edition = "')[1].split('"', maxsplit=1)[0]


def test_a_new_edition_is_there_for_its_years(program: Path, tmp_path: Path) -> None:
    name = edition_in(THIRD)
    said = take_in_file(package_of(tmp_path, {f"forms/{name}.toml": THIRD}))
    form = load_form(name)
    assert form.name in said
    assert "核对码" in said
    assert resource("forms", f"{name}.toml").is_relative_to(program / "district")
    assert edition_for(form.first_year) == name
    assert edition_for(form.first_year - 1) == "2021"


def test_an_edition_that_was_taken_in_reads_its_own_exports(program: Path, tmp_path: Path) -> None:
    name = edition_in(THIRD)
    shutil.copytree(ROOT / "resources" / "rules", program / "resources" / "rules", dirs_exist_ok=True)
    take_in_file(package_of(tmp_path, {f"forms/{name}.toml": THIRD}))
    form = load_form(name)
    report = new_report(form, 2031, "某镇人民政府")
    report.cells = dict.fromkeys((ref for ref in form.kind_of if ref not in form.totals), 3)
    (tmp_path / "年报.html").write_text(render_page(form, report), encoding="utf-8")
    (tmp_path / "年报.xlsx").write_bytes(render_workbook(form, report))
    for file in ("年报.html", "年报.xlsx"):
        proposal = read_file(tmp_path / file)
        assert proposal.form is form
        assert proposal.cells == report.cells


@pytest.mark.usefixtures("program")
def test_a_form_whose_own_exports_are_not_read_back_is_refused(tmp_path: Path) -> None:
    """Two rows that only a sign tells apart, which no reader counts."""
    alike = THIRD.replace('label = ["公开栏"]', 'label = ["网站"]').replace(
        'label = ["网站"]', 'label = ["网 站"]', 1
    )
    with pytest.raises(HandedOutError, match="导出再读入，读回来的不一样"):
        package_of(tmp_path, {f"forms/{edition_in(THIRD)}.toml": alike})


def of_2021(**keys: str) -> str:
    """The form of 2021 with these keys at its top otherwise."""
    source = (ROOT / "resources" / "forms" / "2021.toml").read_text(encoding="utf-8")
    for key, value in keys.items():
        source = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", source, count=1)
    return source


def test_of_editions_that_begin_in_one_year_the_newest_document_counts(program: Path) -> None:
    forms = program / "district" / "forms"
    forms.mkdir(parents=True)
    (forms / "aaa.toml").write_text(of_2021(edition='"aaa"'), encoding="utf-8")
    assert edition_for(2024) == "2021"  # the same document: the program's own
    (forms / "bbb.toml").write_text(
        of_2021(edition='"bbb"', document='"国办公开办函〔2026〕3号"'), encoding="utf-8"
    )
    assert edition_for(2024) == "bbb"


def test_a_form_of_another_kind_is_never_that_of_a_new_annual_report(program: Path) -> None:
    forms = program / "district" / "forms"
    forms.mkdir(parents=True)
    (forms / "counts.toml").write_text(
        of_2021(edition='"counts"', family='"counts"', first_year="2024"), encoding="utf-8"
    )
    assert edition_for(2026) == "2021"
    assert edition_for(2026, "counts") == "counts"
    assert [form.edition for form in known_forms()] == ["2021", "counts"]


def test_a_year_before_all_editions_takes_the_first(program: Path) -> None:
    assert program.is_dir()
    assert edition_for(1999) == "2021"


def test_rules_hold_for_this_version_only(program: Path, tmp_path: Path) -> None:
    take_in_file(package_of(tmp_path, {"rules/title.toml": TITLE + "# mended\n"}))
    assert resource("rules", "title.toml").read_text(encoding="utf-8").endswith("# mended\n")
    (program / "district" / __version__).rename(program / "district" / "0.0.0")
    assert resource("rules", "title.toml").read_text(encoding="utf-8") == TITLE


@pytest.mark.usefixtures("program")
def test_what_was_changed_on_its_way_is_refused(tmp_path: Path) -> None:
    name = f"forms/{edition_in(THIRD)}.toml"
    sums = f"{hashlib.sha256(b'something else').hexdigest()}  {name}\n"
    with pytest.raises(HandedOutError, match="可能被改动过"):
        read_package(by_hand(tmp_path, {name: THIRD.encode()}, sums))


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"forms/2021.toml": (ROOT / "resources" / "forms" / "2021.toml").read_bytes()}, "已经有 2021 版"),
        ({"forms/2030.toml": THIRD.encode()}, "里写的是"),
        ({"forms/2030.toml": b"edition = "}, "年报格式有错"),
        ({"forms/2030.toml": b"\xff\xfe"}, "不是 UTF-8"),
        ({"sentences/2030.toml": b""}, "没有对应的年报格式"),
        ({"../cli.py": b"import os"}, "不是年报台做的"),
        ({"cli.py": b"import os"}, "不认识"),
        ({"rules/title.toml": TITLE.encode()}, "不是给"),
        ({}, "没有内容"),
    ],
)
def test_what_is_not_sound_is_refused(tmp_path: Path, files: Mapping[str, bytes], says: str) -> None:
    with pytest.raises(HandedOutError, match=says):
        take_in_file(by_hand(tmp_path, files))


@pytest.mark.usefixtures("program")
def test_a_rule_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HandedOutError, match="写法不同"):
        package_of(tmp_path, {"rules/title.toml": "other = 1\n"})
    assert not (tmp_path / "区里.gkform").exists()


PHRASES = (ROOT / "resources" / "rules" / "phrases.toml").read_text(encoding="utf-8")
CONFUSABLES = (ROOT / "resources" / "rules" / "confusables.toml").read_text(encoding="utf-8")
ADDED = """

[[phrases]]
kind = "policy"
since = 2024
until = 0
entries = [{ words = "柳川县千村提升行动", source = "柳政发〔2024〕3号标题", near = [] }]
"""


@pytest.fixture
def words(program: Path) -> Path:
    """The lists of fixed expressions and of words that are mistaken, in the folder of the program."""
    for name, text in (("phrases.toml", PHRASES), ("confusables.toml", CONFUSABLES)):
        (program / "resources" / "rules" / name).write_text(text, encoding="utf-8")
    return program


@pytest.mark.usefixtures("words")
def test_expressions_may_be_added_to_those_of_the_program(tmp_path: Path) -> None:
    package = read_package(package_of(tmp_path, {"rules/phrases.toml": PHRASES + ADDED}))
    (line,) = changes_of(package)
    assert line == "审核规则 rules/phrases.toml 的 phrases：加上 1 项：“柳川县千村提升行动”。"


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("phrases.toml", PHRASES.replace("政府信息公开指南", "政府信息公开指引", 1)),
        ("phrases.toml", PHRASES.replace("since = 2024", "since = 2025", 1)),
        ("confusables.toml", CONFUSABLES.replace('right = "再接再厉"', 'right = "再接再利"', 1)),
    ],
)
def test_a_list_that_lacks_or_changes_what_the_program_has_is_refused(
    tmp_path: Path, name: str, text: str
) -> None:
    with pytest.raises(HandedOutError, match="只能增加"):
        package_of(tmp_path, {f"rules/{name}": text})


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip"])
def test_what_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "坏.gkform").write_bytes(content)
    with pytest.raises(HandedOutError, match="文件不完整"):
        read_package(tmp_path / "坏.gkform")
    with pytest.raises(HandedOutError, match="打不开"):
        read_package(tmp_path / "没有.gkform")


def test_a_program_folder_that_takes_no_files_is_told(program: Path, tmp_path: Path) -> None:
    package = package_of(tmp_path, {f"forms/{edition_in(THIRD)}.toml": THIRD})
    (program / "district").write_text("in the way", encoding="utf-8")
    with pytest.raises(HandedOutError, match="电脑管理员"):
        take_in_file(package)
    (program / "district").unlink()
    with pytest.raises(HandedOutError) as refused:
        make_package(
            tmp_path / "没有" / "区里.gkform", tmp_path / "made of", [f"forms/{edition_in(THIRD)}.toml"]
        )
    assert "。。" not in str(refused.value)


def test_a_disk_that_fills_up_midway_leaves_nothing_of_the_package(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = edition_in(THIRD)
    sentences = {f"forms/{edition}.toml": THIRD, "rules/title.toml": TITLE.replace("政府", "行政")}
    package = package_of(tmp_path, sentences)
    sync, synced = disk.sync, list[FileIO]()

    def fill_up(file: FileIO) -> None:
        synced.append(file)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(file)

    monkeypatch.setattr(disk, "sync", fill_up)
    with pytest.raises(HandedOutError, match="磁盘已满") as refused:
        take_in_file(package)
    assert "。。" not in str(refused.value)
    assert [path for path in (program / "district").rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("program")
def test_a_package_that_would_not_be_taken_in_leaves_the_older_one_and_says_what_to_mend(
    tmp_path: Path,
) -> None:
    (tmp_path / "区里.gkform").write_bytes(b"older")
    with pytest.raises(HandedOutError, match=r"做不出“区里\.gkform”：.*写法不同.*请改好文件夹"):
        package_of(tmp_path, {"rules/title.toml": "other = 1\n"})
    assert (tmp_path / "区里.gkform").read_bytes() == b"older"


@pytest.mark.usefixtures("program")
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), method=st.sampled_from([0, 8, 12, 14]))
@example(place=0, byte=ord("P"), method=14)
def test_a_flipped_byte_is_told_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, method: int
) -> None:
    content = bytearray(_packed_by(method))
    content[place % len(content)] = byte
    path = tmp_path_factory.mktemp("flipped") / "区里.gkform"
    path.write_bytes(content)
    with pytest.raises(HandedOutError, match="区里"):
        read_package(path)


def _packed_by(method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("rules/标题.toml", TITLE)
        archive.writestr("SHA256SUMS", f"{'0' * 64}  rules/title.toml\n")
    return packed.getvalue()


@pytest.mark.usefixtures("program")
def test_signs_that_only_look_like_characters_are_folded_in_a_form(tmp_path: Path) -> None:
    package = package_of(tmp_path, {"forms/third.toml": THIRD.replace("人", "⼈")})
    assert "看起来像汉字" in read_package(package).says
    take_in_file(package)
    assert "⼈" not in resource("forms", "third.toml").read_text(encoding="utf-8")


def test_an_edition_may_not_carry_anothers_name(program: Path, tmp_path: Path) -> None:
    del program
    name = load_form("2021").name
    borrowed = re.sub(r'(?m)^name = ".*"', f'name = "{name}"', THIRD, count=1)
    with pytest.raises(HandedOutError, match="用了 2021 版的名字"):
        package_of(tmp_path, {"forms/third.toml": borrowed})


def test_what_was_taken_in_is_on_the_record_and_can_be_taken_back(program: Path, tmp_path: Path) -> None:
    path = package_of(tmp_path, {"forms/third.toml": THIRD})
    take_in_file(path)
    (one,) = taken()
    assert one.name == path.name
    assert one.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert one.at == "2026年1月9日"
    assert "third" in editions()
    assert "撤下" in take_out(one)
    assert taken() == ()
    assert "third" not in editions()
    assert (program / "resources" / "forms" / "2021.toml").exists()


def test_a_file_that_came_again_stays_while_the_later_one_holds(program: Path, tmp_path: Path) -> None:
    del program
    take_in_file(package_of(tmp_path / "a", {"rules/title.toml": TITLE}))
    take_in_file(package_of(tmp_path / "b", {"rules/title.toml": TITLE, "forms/third.toml": THIRD}))
    assert len(taken()) == 1  # the later holds all of the first


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": "x"}',
        b'{"format": "reportdesk-taken", "taken": [5, {"name": 1}, {"name": "a", "digest": "", "at": "", "says": "", "files": ["../../x"]}]}',
    ],
)
def test_a_broken_record_lists_nothing_and_breaks_nothing(program: Path, content: bytes) -> None:
    (program / "district").mkdir()
    (program / "district" / "taken.json").write_bytes(content)
    assert taken() == ()


def test_the_digest_is_read_out_in_groups_of_four(tmp_path: Path, program: Path) -> None:
    del program
    package = read_package(package_of(tmp_path, {"forms/third.toml": THIRD}))
    assert package.digest_to_read_out.replace(" ", "") == package.digest
    assert {len(group) for group in package.digest_to_read_out.split()} == {4}
