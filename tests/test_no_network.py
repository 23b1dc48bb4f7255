"""Nothing goes out and nothing comes in: no socket of the internet is made, no name is looked up.

An audit hook in the very processes of the program ends them at the first try. Qt's own sockets
pass no hook, so what is used of QtNetwork is looked at in the source.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "changle-2024.gknb"
BROKEN = 77

HOOK = f"""
import os, socket, sys
_asks = {{"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}}
_reach = {{"socket.connect", "socket.bind", "socket.sendto"}}
def _watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        os._exit({BROKEN})
    if event in _asks or (event in _reach and not isinstance(arguments[1], (str, bytes))):
        os._exit({BROKEN})
sys.addaudithook(_watch)
"""

WINDOW = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from reportdesk.gui.window import app
from reportdesk.gui.common import worker_client
from reportdesk.report.edits import set_heading

worker_client.worker_command = lambda *more: [sys.executable, "-c", WORKER, "--bundled-fonts"]

def work(window):
    report = window.context.current
    session = report.session
    session.apply(set_heading(session.report, session.form, "overview.disclosure", "公开"))
    for section in session.form.sections:
        report.view.sections.choose(section.id)
        QTest.qWait(20)
    window.keeper.save_now()
    window.beside.show_help()
    window.beside.show_self_check()
    window.keeper.versions.show_versions()
    QTest.qWait(300)
    window.commands.export(Path(sys.argv[1]).parent / "out")
    QTest.qWait(100)
    for _ in range(600):
        if not window.commands.is_exporting:
            break
        QTest.qWait(50)
    window.close()

place = app.place

def place_and_work(window):
    place(window)
    QTimer.singleShot(1500, lambda: work(window))

app.place = place_and_work
sys.exit(app.run(Path(sys.argv[1])))
"""

WORKER = f"""{HOOK}
from reportdesk.worker.loop import main
sys.exit(main(sys.argv[1:]))
"""


def run(program: str, *arguments: str, home: Path) -> int:
    environment = os.environ | {"REPORTDESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", f"{HOOK}\nWORKER = {WORKER!r}\n{program}", *arguments]
    return subprocess.run(command, env=environment, timeout=120, check=False).returncode


@pytest.mark.parametrize(
    "reaching",
    [
        "socket.socket(socket.AF_INET)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.getaddrinfo('localhost', 80)",
        "socket.gethostbyname('localhost')",
        "import urllib.request; urllib.request.urlopen('http://localhost')",
    ],
)
def test_the_hook_notices_who_reaches_out(tmp_path: Path, reaching: str) -> None:
    assert run(reaching, home=tmp_path) == BROKEN


def test_the_program_and_its_second_process_reach_nowhere(tmp_path: Path) -> None:
    report = Path(shutil.copyfile(EXAMPLE, tmp_path / EXAMPLE.name))
    assert run(WINDOW, str(report), home=tmp_path / "home") == 0
    made = {path.suffix for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {".pdf", ".xlsx", ".docx", ".html"} <= made


def test_of_qts_network_only_local_sockets_are_used() -> None:
    used: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for names in re.findall(r"from PySide6\.QtNetwork import (.+)", path.read_text(encoding="utf-8")):
            used.update(name.strip() for name in names.split(","))
        assert not re.search(
            r"import PySide6\.QtNetwork|QtWebSockets|QtWebEngine", path.read_text(encoding="utf-8")
        )
    assert used == {"QLocalServer", "QLocalSocket"}
