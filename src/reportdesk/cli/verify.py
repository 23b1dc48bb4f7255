"""``reportdesk verify``: whether what was handed in is as it was made, one or many."""

from __future__ import annotations

import argparse
from collections.abc import Sized
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, print_error, print_json

if TYPE_CHECKING:
    from reportdesk.exports.manifest import Manifest
    from reportdesk.outgoing.sent_errors import SentErrors
    from reportdesk.outgoing.verification import Checked, Sent, Verification


def _add_arguments(parser: Parser) -> None:
    parser.places.add_argument(
        "path",
        type=path_given,
        metavar="文件夹或.zip",
        help="报送时做出的文件夹或压缩包，或放着许多份的文件夹",
    )
    parser.options.add_argument("--json", action="store_true", help="以 JSON 列出每个文件")


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.outgoing.verification import VerificationError, verify_sent

    try:
        sent = verify_sent(options.path)
    except VerificationError as error:
        return print_error(str(error), Exit.UNREADABLE)
    if options.json:
        print_json(_many_as_json(sent) if sent.is_many else _as_json(sent.packages[0]))
    elif sent.is_many:
        _print_many(sent)
    else:
        _print_files(sent.packages[0])
    return Exit.OK if sent.is_whole else Exit.FOUND_ERRORS


def _as_json(one: Checked) -> dict[str, object]:
    if one.found is None:
        return {"code": "", "whole": False, "trouble": one.trouble, "files": []}
    of = one.found.manifest
    files = [{"path": file.path, "verdict": file.verdict.name.lower()} for file in one.found.files]
    made = of.made.isoformat() if of.made else ""
    said = {
        "unit": of.unit,
        "unit_id": of.unit_id,
        "year": of.year,
        "number": of.number,
        "made": made,
        "answers": of.answers,
    }
    wrong = _errors(one.found)
    errors = None if wrong is None else [{"code": it.code, "message": it.message} for it in wrong.errors]
    return {"code": one.found.code, "whole": one.found.is_whole, **said, "files": files, "errors": errors}


def _many_as_json(sent: Sent) -> dict[str, object]:
    packages = [{"name": one.name, **_as_json(one)} for one in sent.packages]
    return {"whole": sent.is_whole, "packages": packages, "beside": list(sent.beside)}


def _print_files(one: Checked) -> None:
    """Each file of the one package, then what all of it comes to."""
    assert one.found is not None  # noqa: S101 - else an error was raised
    for file in one.found.files:
        print(f"{file.verdict.value}  {_shown(file.path)}")
    said = "各文件齐全，没有改动" if one.is_whole else "与清单不一致"
    print(f"{_about(one.found.manifest)}{said}；核对码 {one.found.code}。{_NO_PROOF}")
    wrong = _errors(one.found)
    if wrong is not None:
        print(f"数据文件“{_shown(wrong.path)}”的审核：{wrong.says}")
        for finding in wrong.errors:
            print(f"  {_shown(finding.message)}")


def _print_many(sent: Sent) -> None:
    """A line a package; what lies around them is named."""
    for one in sent.packages:
        if one.found is None:
            print(f"核对不了  {_shown(one.trouble)}")
            continue
        said = "没有改动" if one.is_whole else "有改动  "
        print(
            f"{said}  {_shown(one.name)}：{_about(one.found.manifest)}核对码 {one.found.code}{_faults(one.found)}"
            f"{_error_count(one.found)}"
        )
    if sent.beside:
        print(
            f"没有核对（不是报送的文件）：{_shown('、'.join(sent.beside[:_MOST_NAMED]))}{_rest(sent.beside)}"
        )
    whole = sum(one.is_whole for one in sent.packages)
    print(
        f"共 {len(sent.packages)} 份，{whole} 份没有改动，{len(sent.packages) - whole} 份有改动或核对不了。{_NO_PROOF}"
    )


def _about(manifest: Manifest) -> str:
    """Whose it is and the how-manieth, as far as the list says so."""
    said = [manifest.unit, f"{manifest.year}年度" if manifest.year else ""]
    said.append(f"第 {manifest.number} 次报送" if manifest.number else "")
    said.append(f"{manifest.made:%Y-%m-%d %H:%M}" if manifest.made else "")
    told = "，".join(part for part in said if part)
    return f"{_shown(told)}，" if told else ""


def _errors(found: Verification) -> SentErrors | None:
    from reportdesk.outgoing.sent_errors import errors_sent
    from reportdesk.store.clock import now

    return errors_sent(found, now().date())


def _error_count(found: Verification) -> str:
    wrong = _errors(found)
    return f"；数据里有 {len(wrong.errors)} 处错误" if wrong is not None and wrong.errors else ""


def _faults(found: Verification) -> str:
    wrong = [file for file in found.files if not file.verdict.is_well]
    named = "；".join(f"{file.verdict.value} {_shown(file.path)}" for file in wrong[:_MOST_NAMED])
    return f"；{named}{_rest(wrong)}" if wrong else ""


def _rest(named: Sized) -> str:
    return f" 等 {len(named)} 个" if len(named) > _MOST_NAMED else ""


def _shown(text: str) -> str:
    """The text without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else "□" for sign in text)


_MOST_NAMED = 5
_NO_PROOF = "相同只说明内容没有变，不能证明是谁做的。"

COMMAND = Command(
    "verify",
    "核对报送文件夹或压缩包，一份或许多份：0 没有改动，1 有改动，3 核对不了",
    _add_arguments,
    _run,
)
