"""``reportdesk verify``: whether what was handed in is as it was made."""

from __future__ import annotations

import argparse
from pathlib import Path

from reportdesk.cli.arguments import Command, Parser
from reportdesk.cli.console import Exit, complain, print_json


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument("path", type=Path, metavar="文件夹或.zip", help="报送时做出的文件夹或压缩包")
    parser.options.add_argument("--json", action="store_true", help="以 JSON 列出每个文件")


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.session.verification import VerificationError, verify

    try:
        found = verify(options.path)
    except VerificationError as error:
        return complain(str(error), Exit.UNREADABLE)
    if options.json:
        listed = [{"path": one.path, "verdict": one.verdict.name.lower()} for one in found.files]
        print_json({"code": found.code, "whole": found.is_whole, "files": listed})
    else:
        for one in found.files:
            shown = "".join(sign if sign.isprintable() else "□" for sign in one.path)
            print(f"{one.verdict.value}  {shown}")
        said = "各文件齐全，没有改动" if found.is_whole else "与清单不一致"
        print(f"{said}；核对码 {found.code}。相同只说明内容没有变，不能证明是谁做的。")
    return Exit.OK if found.is_whole else Exit.FOUND_ERRORS


COMMAND = Command("verify", "核对报送文件夹或压缩包：0 没有改动，1 有改动，3 核对不了", _add_arguments, _run)
