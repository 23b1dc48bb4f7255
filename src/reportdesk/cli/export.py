"""``reportdesk export``: a report as files for paper, for the website and for the offices."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.cli.arguments import Command, Parser, path_given
from reportdesk.cli.console import Exit, Opened, open_report, print_error, print_json

if TYPE_CHECKING:
    from reportdesk.checks.outcome import Checked
    from reportdesk.form.spec import Form

_USUAL = "pdf,xlsx"
_PDFA = "PDF 归档格式：3a 带标签、附公开数据，3b 不带标签，1b 也不附数据"


def _add_arguments(parser: Parser) -> None:
    from reportdesk.exports.pdf.pdfa import PdfA

    parser.places.add_argument("file", type=path_given, metavar="文件.gknb", help="要导出的年报")
    add = parser.options.add_argument
    add("--to", type=path_given, required=True, metavar="文件夹", help="写到哪个文件夹，没有就新建")
    add(
        "--formats",
        type=_formats,
        default=_USUAL,
        metavar="格式,格式",
        help=f"{_known_formats()}；不写就是 {_USUAL}",
    )
    add(
        "--json",
        action="store_true",
        help="以 JSON 给出写了哪些文件、有几处错误；只写空白填报表的没有审核，处数空着",
    )
    add("--pdfa", choices=tuple(kind.value for kind in PdfA), default=PdfA.TAGGED.value, help=_PDFA)
    add("--offices", type=_names, default=(), metavar="科室,科室", help="空白填报表（blank）里各科室的表")
    add("--bundled-fonts", action="store_true", help="只用随程序带的字体")


def _known_formats() -> str:
    """The formats by id; those that do not show the report with what they are."""
    from reportdesk.exports.formats import REPORT_FORMATS, Format

    return "、".join(one if one in REPORT_FORMATS else f"{one}（{one.says}）" for one in Format)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in re.split("[,，、]", text) if (name := part.strip()))


def _formats(text: str) -> list[str]:
    from reportdesk.exports.formats import Format

    wanted = list(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in wanted if name not in set(Format)]
    if unknown or not wanted:
        known = "、".join(Format)
        raise argparse.ArgumentTypeError(f"没有“{text}”这种格式，可用的有 {known}")
    return wanted


def _run(options: argparse.Namespace) -> Exit:
    from reportdesk.exports.formats import Choices, Format
    from reportdesk.exports.pdf.pdfa import PdfA
    from reportdesk.outgoing.export_files import PublishError, publish
    from reportdesk.outgoing.same_folder import standing_other
    from reportdesk.session.verdict import errors_in
    from reportdesk.store.written_files import say_kept

    opened = open_report(options.file)
    if opened is None:
        return Exit.UNREADABLE
    formats = [Format(name) for name in options.formats]
    whose = standing_other(options.to, opened.form, opened.report, formats)
    if whose:
        said = f"“{options.to}”里有{whose}的文件，名字相同，没有导出。请换一个文件夹。"
        return print_error(said, Exit.FOUND_ERRORS)
    try:
        written = publish(
            opened.form,
            opened.report,
            options.to,
            formats,
            Choices(options.bundled_fonts, PdfA(options.pdfa), options.offices),
        )
    except PublishError as error:
        return print_error(str(error), Exit.FOUND_ERRORS)
    faces = {official: face for file in written for official, face in file.faces.items()}
    checked = _check(opened) if options.formats != [Format.BLANK.value] else None
    if options.json:
        listed = [
            {"format": file.format.value, "path": str(file.path)}
            | ({"kept": str(file.kept)} if file.kept else {})
            for file in written
        ]
        print_json({"written": listed, "faces": faces, **_counts(checked)})
    else:
        for file in written:
            print(file.path)
            if file.kept:
                print(say_kept(file.path, file.kept))
        for official, face in faces.items():
            print(f"字体 {official}：{face}")
        if checked is not None:
            _say_found(options.file, opened.form, checked)
    return Exit.FOUND_ERRORS if checked is not None and errors_in(checked.findings) else Exit.OK


def _counts(checked: Checked | None) -> dict[str, int | None]:
    """How many findings of each severity are open, by their names; null where nothing was checked."""
    from reportdesk.checks.engine import Severity

    return {
        f"{severity.value}s": None
        if checked is None
        else sum(one.severity is severity for one in checked.findings)
        for severity in Severity
    }


def _check(opened: Opened) -> Checked:
    """What ``check`` tells of the file and is open: that it was changed elsewhere, too."""
    from reportdesk.checks.engine import noticed, open_findings
    from reportdesk.session.whole_check import check_whole
    from reportdesk.store.clock import now

    checked = check_whole(opened.form, opened.report, now().date())
    return replace(checked, findings=[*noticed(opened.notices), *open_findings(checked.findings)])


def _say_found(path: Path, form: Form, checked: Checked) -> None:
    """How many problems are open in what was written."""
    from reportdesk.session.verdict import counted, verdict_of

    said = " ".join(filter(None, (verdict_of(checked, form), counted(checked.findings))))
    more = f"。用 reportdesk check {path.name} 查看" if checked.findings else ""
    print(f"审核：{said.rstrip('。')}{more}。")


COMMAND = Command(
    "export",
    "导出一份年报：1 审核有错误（照样写出）或没有写成，3 读不了",
    _add_arguments,
    _run,
)
