"""A form that a district hands out is tried before it is taken in: written in every format and read again.

A process of its own fills it with numbers that are all different, writes it as each export is
written, and reads that as any file is read, among all forms there are. Reports of the other forms
must still be read as theirs. What the form asks for is not judged here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from reportdesk.exports.formats import Choices, Format
from reportdesk.form.load import known_forms, read_form
from reportdesk.form.spec import CellKind, Form
from reportdesk.intake.trial import tried_apart
from reportdesk.outgoing.export_files import render
from reportdesk.report.document import Report, Value, new_report

if TYPE_CHECKING:
    from reportdesk.readers.recognise.proposal import Proposal

_UNIT = "柳川县白河镇人民政府"
_NAMED = 3
_ORDER = sorted(Format, key=lambda wanted: wanted in (Format.PDF, Format.BLANK))
"""The order in which they are tried: what takes long comes last."""


def refuse_forms(files: Mapping[str, bytes]) -> str:
    """Why forms of these files, by their path below resources/, cannot be used, in Chinese; empty if they can."""
    try:
        told = tried_apart("reportdesk.intake.form_trial", files)
    except subprocess.TimeoutExpired:
        return "用这个年报格式试着导出再读入，一直没有结束"
    except (OSError, ValueError):
        return "用这个年报格式试着导出再读入，程序出错"
    more = f"等 {len(told)} 处" if len(told) > _NAMED else ""
    return f"用这个年报格式试着导出再读入，读回来的不一样：{'；'.join(told[:_NAMED])}{more}" if told else ""


def run_trial(given: Path) -> list[str]:
    """What was not read back as it was written, of the forms in the folder and of those there are."""
    forms = [read_form(path) for path in sorted((given / "forms").glob("*.toml"))]
    others = [form for form in known_forms() if form.edition not in {new.edition for new in forms}]
    told: list[str] = []
    for form in forms:
        for wanted in _ORDER:
            told += unlike_itself(form, wanted, [*forms, *others])
    for form in others:
        told += unlike_itself(form, Format.HTML, [*forms, *others])
    return told


def unlike_itself(form: Form, wanted: Format, among: Sequence[Form]) -> Iterator[str]:
    """How the form's own file in that format is not read as it was written."""
    from reportdesk.readers.open_file import see_content
    from reportdesk.readers.recognise.proposal import propose_best

    report = filled(form)
    content = render(wanted, form, report, Choices(bundled_fonts=True)).content
    proposal = propose_best(see_content(content, wanted.suffix), among)
    where = f"{form.name} {wanted.adds or wanted.says}"
    if proposal.form.edition != form.edition:
        yield f"{where}：当成了{proposal.form.name}"
    elif wanted is Format.BLANK:
        yield from (f"{where}：没有认出{form.name_of(ref)}" for ref in sorted(proposal.missing))
    else:
        yield from (f"{where}：{says}" for says in _differences(form, report, proposal))


def _differences(form: Form, report: Report, proposal: Proposal) -> Iterator[str]:
    for ref, value in report.cells.items():
        if proposal.cells.get(ref) != value:
            yield f"{form.name_of(ref)}写的是 {value}，读到 {proposal.cells.get(ref, '空白')}"
    for differs in proposal.disagreements:
        yield differs.says.rstrip("。")
    for part in form.parts.values():
        if _squeezed(proposal.prose.get(part.id, "")) != _squeezed(report.prose[part.id]):
            yield f"“{part.heading or part.id}”的文字读得不一样"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def filled(form: Form) -> Report:
    """A report with another number in every cell and a sentence in every part."""
    report = new_report(form, form.first_year, _UNIT)
    typed = (ref for ref in form.kind_of if ref not in form.totals)
    report.cells = {ref: _number(form.kind_of[ref], at) for at, ref in enumerate(typed, start=1)}
    report.prose = {
        part: f"这是第{at}部分，共{at + 1}件事，都已经办完。" for at, part in enumerate(form.parts, start=1)
    }
    report.prose[form.opening.id] = f"根据{form.document}要求，现公布本机关的情况。"
    return report


def _number(kind: CellKind, at: int) -> Value:
    signed = -at if kind.signed and at % 2 else at
    return Decimal(signed) + Decimal(1).scaleb(-kind.places) * at if kind.places else signed


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run_trial(Path(sys.argv[1])), ensure_ascii=True))
