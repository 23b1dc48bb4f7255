"""``reportdesk read``: what a file from elsewhere shows of a report; kept as a new one where asked."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, print_error, print_json

if TYPE_CHECKING:
    from reportdesk.readers.recognise.proposal import Proposal


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument(
        "file", type=path_given, metavar="要读的文件", help="Word、Excel、PDF、网页或 .gknb"
    )
    parser.places.add_argument(
        "more",
        type=path_given,
        metavar="科室的文件",
        nargs="*",
        help="各科室交回的填报表，与前一个文件的数字相加",
    )
    parser.options.add_argument(
        "--to", type=path_given, metavar="文件.gknb", help="把读到的内容存成新的年报，不覆盖已有的文件"
    )
    parser.options.add_argument("--json", action="store_true", help="以 JSON 给出读到的内容")


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.intake.apply_import import begin_from_file
    from reportdesk.readers.files.visible import UnreadableError
    from reportdesk.readers.recognise.proposal import Standing
    from reportdesk.store.file import SUFFIX, StoreError, write_report
    from reportdesk.worker.one_shot import read_apart

    if options.to and options.to.suffix.lower() != SUFFIX:
        return print_error(f"--to 后面请写以 {SUFFIX} 结尾的文件名。", Exit.WRONG_USE)
    if options.to and options.to.exists():
        return print_error(f"没有保存“{options.to.name}”：已有这个文件。请换一个名字。", Exit.FOUND_ERRORS)
    try:
        proposal = read_apart(options.file, *options.more)
    except UnreadableError as error:
        said = str(error) if options.more else f"读不了“{options.file.name}”：{error}"
        return print_error(said, Exit.UNREADABLE)
    if options.to:
        try:
            write_report(options.to, begin_from_file(proposal, options.file.name))
        except StoreError as error:
            return print_error(str(error), Exit.FOUND_ERRORS)
    if options.json:
        print_json(_proposal_as_json(proposal))
    else:
        _print_proposal(proposal)
    open_matters = proposal.disagreements or len(proposal.of(Standing.FOUND)) < len(proposal.outcomes)
    return Exit.FOUND_ERRORS if open_matters else Exit.OK


def _print_proposal(proposal: Proposal) -> None:
    from reportdesk.readers.recognise.proposal import Standing

    print(f"按{proposal.form.name}（{proposal.form.document}）读取")
    for standing in Standing:
        listed = [outcome.says for outcome in proposal.of(standing)]
        if listed:
            print(standing.says, *listed, sep="\n  ")
    if proposal.disagreements:
        print("合计与分项不符", *(differs.says for differs in proposal.disagreements), sep="\n  ")


def _proposal_as_json(proposal: Proposal) -> Mapping[str, object]:
    """The proposal for a script; ``report`` is as a .gknb would hold it."""
    from reportdesk.report.file.codec import encode

    return {
        "edition": proposal.form.edition,
        "report": json.loads(encode(proposal.to_report())),
        "blank": sorted(map(str, proposal.blank)),
        "missing": sorted(map(str, proposal.missing)),
        "outcomes": [
            {
                "standing": outcome.standing.value,
                "message": outcome.says,
                "section": outcome.section,
                "cells": list(map(str, outcome.cells)),
                "part": outcome.part,
            }
            for outcome in proposal.outcomes
        ],
        "disagreements": [
            {
                "cell": str(differs.ref),
                "stated": str(differs.stated),
                "computed": None if differs.computed is None else str(differs.computed),
                "message": differs.says,
            }
            for differs in proposal.disagreements
        ],
    }


COMMAND = Command(
    "read",
    "读别处来的年报或各科室填报表：0 全部读到，1 有没读到或要核对的，3 读不了",
    _add_arguments,
    _run,
)
