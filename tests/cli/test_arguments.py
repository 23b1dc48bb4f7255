"""The command line's help and what it says of a wrong call: Chinese, whatever the PC's language."""

import re
import unicodedata

import pytest

from reportdesk.cli import main
from reportdesk.cli.arguments import Parser
from reportdesk.cli.commands import COMMANDS
from reportdesk.cli.console import Exit
from reportdesk.cli.desk import STEPS
from reportdesk.exports.formats import Format

Printed = pytest.CaptureFixture[str]
# What stands in Latin letters everywhere: names that are typed, of files, formats and the program.
NAMES = {
    *COMMANDS,
    *(word for step in STEPS for word in step.split("-")),
    *Format,
    "reportdesk",
    "gknb",
    "gkback",
    "gkform",
    "gkprofile",
    "zip",
    "a",
    "b",
    "h",
    "JSON",
    "Schema",
    "PDF",
} | {
    "Word",
    "Excel",
}
WRONG = [
    [["verify", "a", "b"], "不认识“b”"],
    [["check", "a", "--json=1"], "--json 后面不写值，多了“1”"],
    [["check", "a", "--last"], "--last 后面要写一个值"],
    [["check", "a", "--l", "b"], "“--l”没有写全，可以是 --last、--list"],
    [["export", "a"], "缺少 --to"],
    [["export"], "缺少 文件.gknb、--to"],
    [["export", "a", "--to", "b", "--pdfa", "2b"], "--pdfa 没有“2b”，可用的有 3a、3b、1b"],
    [["verify"], "缺少 文件夹或.zip"],
    [["--version=1"], "--version 后面不写值，多了“1”"],
    [["-x", "check"], "不认识“-x”"],
    [["-x"], "不认识“-x”"],
    [["-x", "年报"], "命令 没有“年报”，可用的有 check、export"],
]


def latin_words(text: str) -> set[str]:
    return set(re.findall("[A-Za-z]+", re.sub(r"(?<![\w-])--?[a-z-]+", "", text)))


def ended(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_all_of_the_help_is_chinese(capsys: Printed, command: list[str], option: str) -> None:
    assert ended([*command, option]) == Exit.OK
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.startswith(f"用法：{' '.join(['reportdesk', *command])}")
    assert latin_words(told.out) <= NAMES


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_the_help_fits_a_console(capsys: Printed, command: list[str]) -> None:
    ended([*command, "--help"])
    for line in capsys.readouterr().out.splitlines():
        assert sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line) <= 80, line


def test_the_help_explains_each_command_and_each_format(capsys: Printed) -> None:
    ended(["--help"])
    told = capsys.readouterr().out
    assert all(f"{command.name}\n      {command.says}\n" in told for command in COMMANDS.values())
    ended(["export", "--help"])
    assert set(Format) <= latin_words(capsys.readouterr().out)


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_a_wrong_call_is_told_in_chinese(capsys: Printed, arguments: list[str], sentence: str) -> None:
    assert ended(arguments) == Exit.WRONG_USE
    told = capsys.readouterr()
    assert told.out == ""
    usage, _, said = told.err.rpartition("用法不对：")
    assert usage.startswith("用法：reportdesk")
    assert said.startswith(sentence)
    typed = latin_words(" ".join(arguments))
    assert latin_words(told.err) <= NAMES | typed


def test_what_is_wrong_in_words_not_foreseen_is_not_told_in_english(capsys: Printed) -> None:
    parser = Parser("reportdesk", "年报台")
    for unforeseen in ("a sentence of a later Python", "argument --to: a sentence of a later Python"):
        with pytest.raises(SystemExit):
            parser.error(unforeseen)
        told = capsys.readouterr().err
        assert "请照上面的用法写" in told
        assert latin_words(told) == {"reportdesk"}


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["export", "--help"]])
def test_the_help_tells_each_number_that_scripts_rely_on(arguments: list[str], capsys: Printed) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    told = "".join(capsys.readouterr().out.split())
    ends = told[told.index("结束代码") :]
    assert [int(number) for number in re.findall(r"[0-9]+", ends)] == [code.value for code in Exit]


def test_the_numbers_that_scripts_rely_on_stay() -> None:
    assert [(code.name, code.value) for code in Exit] == [
        ("OK", 0),
        ("FOUND_ERRORS", 1),
        ("WRONG_USE", 2),
        ("UNREADABLE", 3),
        ("INTERRUPTED", 130),
    ]
