"""Reads any file that may show a report into a proposal: what it shows, in the terms of a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reportdesk.form.load import load_form
from reportdesk.readers.files.visible import OfficeSheet, Seen, UnreadableError
from reportdesk.readers.open_file import see
from reportdesk.readers.recognise.own_papers import refuse_own_paper
from reportdesk.readers.recognise.proposal import Proposal, propose_best, propose_report
from reportdesk.report.file.codec import decode


def read_file(path: Path) -> Proposal:
    """What the file proposes.

    Raises:
        UnreadableError: it cannot be read, or shows nothing of a report; the message says what to do.
    """
    return _proposed(_seen(path))


def read_files(paths: Sequence[Path]) -> Proposal:
    """What several offices' files propose together: the sums of what each filled in.

    Title, year and prose are the first file's. A file that cannot be read is named and left out.

    Raises:
        UnreadableError: none of them can be read, or they show nothing of a report.
    """
    if len(paths) == 1:
        return read_file(paths[0])
    read: list[Seen] = []
    troubles: list[str] = []
    for path in paths:
        try:
            read.append(_of_offices(path))
        except UnreadableError as error:
            troubles.append(f"“{path.name}”没有算进去：{error}")
    if not read:
        raise UnreadableError("".join(troubles))
    first = next((seen for seen in read if seen.contents), read[0])
    passed_over = dict.fromkeys(says for seen in read for says in seen.passed_over)
    offices = tuple(office for seen in read for office in seen.offices)
    return _proposed(replace(first, attached=None, passed_over=(*troubles, *passed_over), offices=offices))


def _seen(path: Path) -> Seen:
    seen = see(path)
    refuse_own_paper(seen)
    return replace(seen, offices=tuple(replace(office, file=path.name) for office in seen.offices))


def _of_offices(path: Path) -> Seen:
    """A file with offices' sheets; what stands before those is put with them.

    Raises:
        UnreadableError: it cannot be read, or is none.
    """
    seen = _seen(path)
    if not seen.offices:
        raise UnreadableError("里面没有科室填报的表。要读它，请单独导入。")
    year = next((office.year for office in seen.offices if office.year), "")
    front = OfficeSheet(path.stem, seen.contents, year, path.name, is_front=True)
    return replace(seen, offices=(*seen.offices, front) if seen.contents else seen.offices)


def _proposed(seen: Seen) -> Proposal:
    own = seen.attached and not seen.contents and not seen.offices
    proposal = _propose_own(seen.attached) if own and seen.attached else propose_best(seen)
    if proposal.is_empty:
        raise UnreadableError(_why_empty(seen))
    return proposal


def _propose_own(content: bytes) -> Proposal:
    """The proposal of a .gknb, which shows nothing by itself."""
    decoded = decode(content)
    return propose_report(decoded.report, load_form(decoded.report.edition), decoded.notices)


def _why_empty(seen: Seen) -> str:
    besides = "".join(seen.passed_over)
    return f"没有在文件里找到年报的表格和各部分文字。{besides}请确认选对了文件。"
