"""A district's .gkform is taken in whole or not at all, and never in place of what the program knows better."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from reportdesk import __version__, resources
from reportdesk.form.load import edition_for, load_form
from reportdesk.resources import resource
from reportdesk.session.handed_out import HandedOutError, make_package, read_package, take_in

ROOT = Path(__file__).parents[2]
THIRD = (ROOT / "tests" / "data" / "forms" / "third.toml").read_text(encoding="utf-8")
TITLE = (ROOT / "resources" / "rules" / "title.toml").read_text(encoding="utf-8")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a program that has the 2021 edition and one file of rules."""
    for part, name in (("forms", "2021.toml"), ("rules", "title.toml")):
        (tmp_path / "program" / "resources" / part).mkdir(parents=True)
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


def edition_in(text: str) -> str:
    return text.split('edition = "')[1].split('"', maxsplit=1)[0]


def test_a_new_edition_is_there_for_its_years(program: Path, tmp_path: Path) -> None:
    name = edition_in(THIRD)
    said = take_in(package_of(tmp_path, {f"forms/{name}.toml": THIRD}))
    form = load_form(name)
    assert form.name in said
    assert "核对码" in said
    assert resource("forms", f"{name}.toml").is_relative_to(program / "district")
    assert edition_for(form.first_year) == name
    assert edition_for(form.first_year - 1) == "2021"


def test_a_year_before_all_editions_takes_the_first(program: Path) -> None:
    assert program.is_dir()
    assert edition_for(1999) == "2021"


def test_rules_hold_for_this_version_only(program: Path, tmp_path: Path) -> None:
    take_in(package_of(tmp_path, {"rules/title.toml": TITLE + "# mended\n"}))
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
        ({"../cli.py": b"import os"}, "不认识"),
        ({"rules/title.toml": TITLE.encode()}, "不是给"),
        ({}, "没有内容"),
    ],
)
def test_what_is_not_sound_is_refused(tmp_path: Path, files: Mapping[str, bytes], says: str) -> None:
    with pytest.raises(HandedOutError, match=says):
        take_in(by_hand(tmp_path, files))


@pytest.mark.usefixtures("program")
def test_a_rule_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HandedOutError, match="写法不同"):
        package_of(tmp_path, {"rules/title.toml": "other = 1\n"})
    assert not (tmp_path / "区里.gkform").exists()


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
        take_in(package)
