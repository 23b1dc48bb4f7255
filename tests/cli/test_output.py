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
        ["verify", ""],
        ["verify", " "],
    ],
)
def test_a_path_of_nothing_is_refused(arguments: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == Exit.WRONG_USE
    assert "后面是空的，请写明文件或文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["", "  "])
def test_a_file_of_nothing_opens_no_window(word: str, capsys: Printed) -> None:
    assert main([word]) == Exit.WRONG_USE
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "文件名是空的" in sentence


@pytest.mark.parametrize("word", ["--chek", "-x", "--jsom"])
def test_an_option_that_is_none_is_named(word: str, capsys: Printed) -> None:
    with pytest.raises(SystemExit) as end:
        main([word])
    assert end.value.code == Exit.WRONG_USE
    assert f"不认识“{word}”" in capsys.readouterr().err


def test_a_command_that_is_interrupted_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    def interrupted(_: object) -> Exit:
        raise KeyboardInterrupt

    monkeypatch.setattr("reportdesk.cli.commands.run_command", interrupted)
    assert main(["check", str(EXAMPLE)]) == Exit.INTERRUPTED
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "中断" in sentence


def test_a_folder_that_cannot_be_made_says_what_stands_there(tmp_path: Path, capsys: Printed) -> None:
    there = tmp_path / "文件"
    there.write_bytes(b"")
    assert main(["export", str(EXAMPLE), "--to", str(there)]) == Exit.FOUND_ERRORS
    assert "已有同名的文件" in capsys.readouterr().err


def test_a_folder_that_is_to_be_read_is_called_a_folder(tmp_path: Path, capsys: Printed) -> None:
    assert main(["read", str(tmp_path)]) == Exit.UNREADABLE
    assert "是文件夹，不是文件" in capsys.readouterr().err


def test_a_report_given_to_verify_is_told_apart_from_a_hand_in(capsys: Printed) -> None:
    assert main(["verify", str(EXAMPLE)]) == Exit.UNREADABLE
    assert "请选择报送时做出的文件夹或 .zip" in capsys.readouterr().err


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
