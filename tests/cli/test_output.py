"""Output that goes nowhere, words that are no command, paths of nothing, a PC without a display: a sentence each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportdesk.cli import main
from reportdesk.cli.console import Exit

EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
Printed = pytest.CaptureFixture[str]
PRINTING = [
    ["schema"],
    ["check", "--list"],
    ["check", str(EXAMPLE)],
    ["check", str(EXAMPLE), "--json"],
    ["read", str(EXAMPLE), "--json"],
]


def run(arguments: list[str], stdout: int, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a script starts it."""
    known = {**os.environ, "PYTHONIOENCODING": "utf-8", **environ}
    return subprocess.run(
        [sys.executable, "-m", "reportdesk", *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={name: value for name, value in known.items() if value},
        check=False,
        timeout=120,
    )


def only_sentence(stderr: bytes) -> str:
    (sentence,) = stderr.decode("utf-8").splitlines()
    assert sentence.startswith("reportdesk: ")
    assert sentence.endswith("。")
    return sentence


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_full_disk_is_one_sentence(arguments: list[str]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    ended = run(arguments, full)
    os.close(full)
    assert "没有写完" in only_sentence(ended.stderr)
    assert ended.returncode == Exit.FOUND_ERRORS


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_closed_pipe_is_one_sentence(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = run(arguments, write)
    os.close(write)
    assert "没有写完" in only_sentence(ended.stderr)
    assert ended.returncode == Exit.FOUND_ERRORS


@pytest.mark.parametrize("word", ["chek", "exprot", "年报", "\x1b[31m"])
@pytest.mark.parametrize("more", [[], ["x"], ["a.gknb", "--json"]])
def test_an_unknown_command_is_one_sentence(word: str, more: list[str], capsys: Printed) -> None:
    assert main([word, *more]) == Exit.WRONG_USE
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "可用的有 check、export" in sentence
    assert "\x1b" not in sentence


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", str(EXAMPLE), "--to", ""],
        ["export", str(EXAMPLE), "--to", "  "],
        ["export", "", "--to", "x"],
        ["check", ""],
        ["check", str(EXAMPLE), "--last", ""],
        ["read", str(EXAMPLE), "--to", ""],
        ["form", "x.gkform", "--make", ""],
    ],
)
def test_a_path_of_nothing_is_refused(arguments: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == Exit.WRONG_USE
    assert "后面是空的，请写明文件或文件夹" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="a display is never lacking elsewhere")
@pytest.mark.parametrize("environ", [{"DISPLAY": ""}, {"DISPLAY": ":987"}])
@pytest.mark.parametrize("arguments", [[], [str(EXAMPLE)]])
def test_without_a_display_it_is_one_sentence(
    environ: dict[str, str], arguments: list[str], tmp_path: Path
) -> None:
    environ |= {"WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", "REPORTDESK_HOME": str(tmp_path)}
    ended = run(arguments, subprocess.DEVNULL, **environ)
    assert "没有图形界面" in only_sentence(ended.stderr)
    assert ended.returncode == Exit.WRONG_USE
