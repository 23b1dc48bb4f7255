"""Windows' own ways: no console, fonts of a clerk's own, documents that were moved, a folder that is not ours to write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from making.places import PYTHON
from making.wine import windows_path
from tests.exports.font_files import bundled, renamed
from tools.dev.places import EXAMPLE
from trying.conftest import digests
from trying.pc import Pc

FOLDERS_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
TELL = """
import json, sys
{program}
with open("C:/told.json", "w", encoding="utf-8") as told:
    json.dump(answer, told)
"""


def told_by(pc: Pc, installed: Path, program: str) -> object:
    """What a program found that the installed Python ran without a console."""
    script, told = pc.prefix.drive_c / "tell.py", pc.prefix.drive_c / "told.json"
    script.write_text(TELL.format(program=program), encoding="utf-8")
    told.unlink(missing_ok=True)
    pc.start([installed / PYTHON / "pythonw.exe", "-X", "utf8", "-B", pc.there(script)]).wait(600)
    answer: object = json.loads(told.read_text(encoding="utf-8"))
    return answer


@pytest.fixture
def documents(pc: Pc) -> Iterator[str]:
    """The registry's key of 文档; as it was afterwards."""
    before = pc.registry(FOLDERS_KEY.removeprefix("HKCU\\"))["Personal"]
    yield FOLDERS_KEY
    pc.set_registry(FOLDERS_KEY, "Personal", before)


def test_without_a_console_nothing_is_printed_and_nothing_fails(pc: Pc, installed: Path) -> None:
    program = (
        "sys.stdout = sys.stderr = None  # as where no console is; Wine has one always\n"
        "from reportdesk.cli import main\n"
        f"answer = [main(['check', r'{windows_path(EXAMPLE)}']), main(['no such file.gknb', 'too many'])]"
    )
    assert told_by(pc, installed, program) == [0, 2]


def test_a_font_that_a_clerk_installed_without_an_administrator_is_found(pc: Pc, installed: Path) -> None:
    folder = pc.user / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts"
    folder.mkdir(parents=True, exist_ok=True)
    font = folder / "仿宋_GB2312.ttf"
    font.write_bytes(renamed(bundled("fangsong.ttf"), "仿宋_GB2312"))
    program = (
        "from reportdesk.exports.typesetting.fonts import find_faces\n"
        "from reportdesk.exports.style import Face\n"
        "chosen = find_faces().choose('政', Face.FANGSONG)\n"
        "answer = [chosen.used.actual, str(chosen.font.path)]"
    )
    try:
        assert told_by(pc, installed, program) == ["仿宋_GB2312", pc.there(font)]
    finally:
        font.unlink()


def test_reports_go_where_documents_were_moved_to_or_where_they_can_be_reached(
    pc: Pc, installed: Path, documents: str
) -> None:
    program = "from reportdesk.store.folders import find_folders\nanswer = [str(part) for part in (find_folders().reports,)]"
    moved = pc.prefix.drive_c / "D盘 文档𠮷"
    moved.mkdir(exist_ok=True)
    for named, expected in (
        (pc.there(moved), pc.there(moved)),
        (r"%USERPROFILE%\Documents", pc.there(pc.user / "Documents")),
        (r"\\gone\roaming\文档", pc.there(pc.user / "Documents")),
    ):
        pc.set_registry(documents, "Personal", named)
        assert told_by(pc, installed, program) == [rf"{expected}\年报台"]


def test_running_writes_nothing_into_the_programs_folder(pc: Pc, installed: Path) -> None:
    before = digests(installed)
    code, said = pc.run([installed / "reportdesk-cli.exe", "check", windows_path(EXAMPLE)])
    assert code == 0, said
    assert digests(installed) == before
