"""The installed program does what it does on Linux: checks, exports, shows its window, keeps what is typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from making.places import PROGRAM, PYTHON, TITLE
from making.wine import windows_path
from reportdesk.report.file.codec import decode
from tools.dev.places import EXAMPLE, executable
from trying.conftest import TRYING, digests
from trying.figures import Figures
from trying.pc import Pc, make_pc
from trying.screen import Screen

FORMATS = "pdf,xlsx,docx,html"
TODAY = ("--today", "2025-01-09")
REPORT_WINDOW = "沙坡头区常乐镇"
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setWindowTitle("empty window")
window.show()
application.exec()
"""
GRANTED = (663, 330)
"""予以公开, 自然人 of the third table, in a window that fills the screen at 100 %."""

STARTS, MOST_STARTS = 3, 12
MOST = 1.8


@pytest.fixture
def report(pc: Pc) -> Path:
    """The example, as it lies on a clerk's PC: deep down, and of as many characters as Windows lets its users make."""
    folder = pc.prefix.drive_c / "用户 张三" / "年报㐂𠮷" / ("很长的文件夹名称" * 10)
    folder = folder / ("再深一层的文件夹" * 10) / ("还要再深的文件夹" * 7)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "常乐镇 2024年𠮷.gknb"
    assert len(pc.there(path).encode("utf-16-le")) // 2 == 250
    shutil.copy(EXAMPLE, path)
    return path


@pytest.fixture
def ended(pc: Pc) -> Iterator[None]:
    """Whatever a test leaves running is ended."""
    yield
    for name in (f"{PROGRAM}.exe", "pythonw.exe"):
        pc.run(["taskkill", "/f", "/im", name])
    time.sleep(1)


def command_line(pc: Pc, installed: Path, *words: str) -> tuple[int, str]:
    return pc.run([installed / f"{PROGRAM}-cli.exe", *words])


def on_linux(*words: str | Path) -> tuple[int, str]:
    result = subprocess.run([executable(PROGRAM), *words], capture_output=True, encoding="utf-8", check=False)
    return result.returncode, result.stdout


def test_it_finds_what_it_finds_on_linux(pc: Pc, installed: Path, report: Path) -> None:
    code, said = command_line(pc, installed, "check", pc.there(report), "--json", *TODAY)
    expected_code, expected = on_linux("check", report, "--json", *TODAY)
    assert code == expected_code
    assert json.loads(said) == json.loads(expected)
    assert json.loads(said)


def test_it_exports_what_it_exports_on_linux(pc: Pc, installed: Path, report: Path) -> None:
    here, there = TRYING / "on Linux", pc.prefix.drive_c / "导出 件"
    for folder in (here, there):
        shutil.rmtree(folder, ignore_errors=True)
    options = ("--formats", FORMATS, "--bundled-fonts")
    assert on_linux("export", report, "--to", here, *options)[0] == 0
    code, said = command_line(pc, installed, "export", pc.there(report), "--to", pc.there(there), *options)
    assert code == 0, said
    names = sorted(path.name for path in here.iterdir())
    assert names == sorted(path.name for path in there.iterdir())
    assert len(names) == len(FORMATS.split(","))
    assert [name for name in names if contents(here / name) != contents(there / name)] == []


def contents(path: Path) -> object:
    """What must be the same: of a workbook or a Word file its parts, since zlibs may pack otherwise."""
    if path.suffix in {".xlsx", ".docx"}:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return path.read_bytes()


def test_a_protected_pdf_and_an_old_word_file_are_read(pc: Pc, installed: Path) -> None:
    # The parts that only reading needs: pdfminer with cryptography, lxml, calamine, olefile.
    program = (
        "import pdfplumber, cryptography.hazmat.bindings._rust, lxml.html, python_calamine, olefile, docx"
    )
    script = pc.prefix.drive_c / "read.py"
    script.write_text(f"{program}\nopen(r'C:\\read.txt', 'w').write('all there')\n", encoding="utf-8")
    pc.run([installed / PYTHON / "pythonw.exe", pc.there(script)])
    assert (pc.prefix.drive_c / "read.txt").read_text(encoding="utf-8") == "all there"


@pytest.mark.usefixtures("ended", "installed")
def test_a_clerk_opens_types_and_closes(pc: Pc, screen: Screen, report: Path) -> None:
    before_all = digests(pc.installed)
    command = pc.registry(rf"Software\Classes\{PROGRAM}.gknb\shell\open\command")[""]
    program = re.fullmatch(r'"(.*)" "%1"', command)
    assert program is not None
    running = pc.start([program[1], pc.there(report)])
    window = screen.wait_for(REPORT_WINDOW)
    screen.place(window, 0, 0, 1366, 768)
    time.sleep(6)
    screen.picture("6 a report is open")
    for _ in range(3):
        screen.press("ctrl+Next")
        time.sleep(1)
    time.sleep(2)
    screen.picture("7 the third table")
    screen.click(*GRANTED)
    time.sleep(1)
    screen.press("7")
    screen.press("Return")
    time.sleep(4)
    screen.picture("8 typed into it")
    killed, _ = pc.run(["taskkill", "/f", "/im", "pythonw.exe"])
    assert killed == 0, "the worker is started when there is leisure"
    screen.press("ctrl+r")
    time.sleep(10)
    screen.picture("9 the preview after its helper was killed")
    assert running.poll() is None
    screen.press("ctrl+q")
    assert running.wait(60) == 0
    before, after = decode(EXAMPLE.read_bytes()).report, decode(report.read_bytes()).report
    changed = {str(ref): value for ref, value in after.cells.items() if before.cells.get(ref) != value}
    assert changed == {"requests.granted.person": 7}
    assert digests(pc.installed) == before_all


@pytest.mark.usefixtures("ended")
def test_it_starts_nearly_as_fast_as_an_empty_window(
    pc: Pc, screen: Screen, installed: Path, figures: Figures
) -> None:
    script = pc.prefix.drive_c / "empty.py"
    script.write_text(EMPTY, encoding="utf-8")
    python = installed / PYTHON / "pythonw.exe"
    # What others do on this machine can only lengthen a start, so the shortest of each counts.
    empty: list[float] = []
    ours: list[float] = []
    while len(ours) < STARTS or (min(ours) > MOST * min(empty) and len(ours) < MOST_STARTS):
        empty.append(seconds_to_window(pc, screen, [python, "-B", pc.there(script)], "empty window"))
        ours.append(seconds_to_window(pc, screen, [installed / f"{PROGRAM}.exe"], TITLE))
    figures.note("an empty window", min(empty), "s")
    figures.note("the program's window", min(ours), "s")
    figures.note("start, of an empty window's", min(ours) / min(empty), "x", most=MOST)


def seconds_to_window(pc: Pc, screen: Screen, command: list[str | Path], title: str) -> float:
    started = time.monotonic()
    running = pc.start(command)
    screen.wait_for(title)
    taken = time.monotonic() - started
    pc.run(["taskkill", "/f", "/im", Path(command[0]).name])
    running.wait()
    time.sleep(1)
    return taken


def test_at_150_percent(screen: Screen, setup_file: Path) -> None:
    pc = make_pc(TRYING / "pc-150", dots_per_inch=144)
    try:
        assert pc.run([setup_file, "/S"])[0] == 0
        running = pc.start([pc.installed / f"{PROGRAM}.exe", windows_path(EXAMPLE)])
        window = screen.wait_for(REPORT_WINDOW)
        screen.place(window, 0, 0, 1366, 768)
        time.sleep(6)
        screen.picture("10 at 150 percent")
        assert running.poll() is None
        pc.run(["taskkill", "/f", "/im", f"{PROGRAM}.exe"])
        running.wait(60)
    finally:
        pc.prefix.end()
