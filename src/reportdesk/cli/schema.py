"""``reportdesk schema``: what a .gknb file may hold, as a JSON Schema."""

from __future__ import annotations

import argparse

from reportdesk.cli.arguments import Command, Parser
from reportdesk.cli.console import Exit, print_json


def _add_arguments(_parser: Parser) -> None:
    """Takes none."""


def _run(_options: argparse.Namespace) -> Exit:
    from reportdesk.report.file.schema import file_schema

    print_json(file_schema())
    return Exit.OK


COMMAND = Command("schema", "输出 .gknb 文件的 JSON Schema", _add_arguments, _run)
