"""The pinned Qt binding is sound: PySide6 6.12.0 aborts the process under Python 3.11 (docs/adr/0002)."""

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

EMISSIONS = 5_000


def test_a_signal_emitted_5000_times_leaves_the_process_alive() -> None:
    # Each emit of 6.12.0 loses one reference of True; after about 550 the interpreter aborts. In a
    # process of its own, so that an abort is this test's failure and not the end of the run.
    program = f"""
        from PySide6.QtCore import QObject, Signal

        class Source(QObject):
            changed = Signal(int)

        received = []
        source = Source()
        source.changed.connect(received.append)
        for number in range({EMISSIONS}):
            source.changed.emit(number)
            source.setObjectName("a void call")
        print(len(received), received == list(range({EMISSIONS})))
    """
    assert _run(program).stdout.split() == [str(EMISSIONS), "True"]


def test_the_binding_is_the_pinned_version() -> None:
    assert _run("import PySide6; print(PySide6.__version__)").stdout.strip() == "6.11.3"


@pytest.mark.skipif(sys.platform != "linux", reason="the xcb plug-in is for Linux")
@pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed (dev.py could not install it)")
def test_a_window_opens_on_an_x_display() -> None:
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            display = server.stdout.readline().strip()
            program = """
                from PySide6.QtWidgets import QApplication, QLabel

                app = QApplication([])
                label = QLabel("年报")
                label.show()
                app.processEvents()
                print(app.platformName(), label.grab().isNull())
            """
            result = _run(program, QT_QPA_PLATFORM="xcb", DISPLAY=f":{display}")
        finally:
            server.terminate()
    assert result.stdout.split() == ["xcb", "False"]


def _run(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result
