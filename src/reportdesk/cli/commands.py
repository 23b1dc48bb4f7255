"""The register of the commands, and the parser that is made of it."""

from __future__ import annotations

from collections.abc import Sequence

from reportdesk import __version__
from reportdesk.cli import check, desk, export, form, read, returns, schema, verify
from reportdesk.cli.arguments import Parser
from reportdesk.cli.console import Exit

COMMANDS = {
    command.name: command
    for command in (
        check.COMMAND,
        export.COMMAND,
        verify.COMMAND,
        read.COMMAND,
        form.COMMAND,
        returns.COMMAND,
        schema.COMMAND,
        desk.COMMAND,
    )
}


def is_command(word: str) -> bool:
    """Whether the first argument is one of ours, not the file to open in the window."""
    return word in COMMANDS or word.startswith("-")


def run_command(arguments: Sequence[str]) -> Exit:
    """Run the command; SystemExit where only help was asked for or the call is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.error("缺少 命令")
    return COMMANDS[options.command].run(options)


def _parser() -> Parser:
    parser = Parser(
        "reportdesk",
        "年报台：填写政府信息公开工作年度报告。不带命令时打开窗口：reportdesk [文件.gknb]",
    )
    parser.options.add_argument(
        "--version", action="version", version=f"reportdesk {__version__}", help="显示版本"
    )
    named = parser.add_subparsers(
        title="命令", dest="command", metavar="命令", help="每个命令后面加 --help，看它的用法"
    )
    for command in COMMANDS.values():
        command.add_arguments(named.add_parser(command.name, help=command.says, description=command.says))
    return parser
