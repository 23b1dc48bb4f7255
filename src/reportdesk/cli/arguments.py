"""argparse in Chinese: headings, usage, what an option means, and what is wrong with a call.

argparse takes its words from gettext by the language of the environment; ours are Chinese on every
PC, so its sentences are turned here. One that no template fits is left out rather than shown in
English: the usage above it still says what is right.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from reportdesk.cli.console import Exit

_WIDTH = 66
"""Characters a line; a Chinese one is two columns wide, and a terminal has 80."""
_HELP_INDENT = 6
_ENDS = "结束代码：0 好，1 有错误或没写成，2 用法不对，3 读不了，130 被中断。"

_ABOUT = re.compile(r"argument (.+?): (.*)", re.DOTALL)
_TEMPLATES = tuple(
    (re.compile(template, re.DOTALL), says)
    for template, says in (
        (r"the following arguments are required: (.*)", "缺少 {}"),
        (r"unrecognized arguments: (.*)", "不认识“{}”"),
        (r"expected one argument", "后面要写一个值"),
        (r"ignored explicit argument (.*)", "后面不写值，多了“{}”"),
        (r"ambiguous option: (.+) could match (.+)", "“{}”没有写全，可以是 {}"),
        (r"invalid choice: (.*) \(choose from (.*)\)", "没有“{}”，可用的有 {}"),
    )
)
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Command:
    """One word after ``reportdesk``: its line in the help, its arguments, and what it does."""

    name: str
    says: str
    add_arguments: Callable[[Parser], None]
    run: Callable[[argparse.Namespace], Exit]


def path_given(text: str) -> Path:
    """A file or folder that was named; a path of nothing would be the folder one stands in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("后面是空的，请写明文件或文件夹")
    return Path(text)


class Parser(argparse.ArgumentParser):
    """A parser whose every word is Chinese; arguments are added to ``places`` and ``options``."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog=prog, description=description, epilog=_ENDS, add_help=False, formatter_class=_Layout
        )
        self.places = self.add_argument_group("参数")
        self.options = self.add_argument_group("选项")
        self.options.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, in one line below the usage."""
        self.print_usage(sys.stderr)
        self.exit(Exit.WRONG_USE, f"{self.prog}: 用法不对：{_in_chinese(message)}\n")


class _Layout(argparse.HelpFormatter):
    """Each argument on a line, its meaning on the next: columns that count characters tear with Chinese."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_HELP_INDENT, width=_WIDTH)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        return re.sub(r"(?m)^(\S+):$", r"\1：", super().format_help())


def _in_chinese(message: str) -> str:
    """What argparse says, or one of our own types: the argument it is about, and what is wrong."""
    about = _ABOUT.fullmatch(message)
    return f"{about[1]} {_turned(about[2])}" if about else _turned(message)


def _turned(said: str) -> str:
    for template, says in _TEMPLATES:
        if found := template.fullmatch(said):
            return says.format(*map(_unquoted, found.groups()))
    return said if _CHINESE.search(said) else "请照上面的用法写"


def _unquoted(listed: str) -> str:
    """Values as they were typed: argparse writes some as Python's literals, its later versions do not."""
    return "、".join(part.strip("'") for part in listed.split(", "))
