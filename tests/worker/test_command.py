"""The worker is started alike on every PC."""

from __future__ import annotations

import os
import subprocess

from reportdesk.worker.command import worker_command


def test_it_takes_text_for_utf_8_whatever_the_pc_does() -> None:
    python, *options = worker_command()
    before_module = options[: options.index("-m")]
    asked = [python, *before_module, "-c", "print(open(__import__('os').devnull).encoding)"]
    chinese_windows = os.environ | {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}
    told = subprocess.run(asked, env=chinese_windows, capture_output=True, text=True, check=True)
    assert told.stdout.strip().lower() == "utf-8"
