"""Reading a file in the second process: the proposal comes over whole, a refusal as its sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportdesk.form.load import load_form
from reportdesk.form.spec import CellRef
from reportdesk.readers.recognise.proposal import Disagreement, Outcome, Proposal, Standing, propose_report
from reportdesk.report.document import Report
from reportdesk.report.file.codec import decode, encode
from reportdesk.worker.protocol import Frame, FrameError
from reportdesk.worker.reading import ask_to_read, proposal_answer, read_proposal
from tests.strategies import reports
from tests.worker.spoken_to import SpokenTo

FORM = load_form("2021")
EXAMPLE = Path(__file__).parents[2] / "examples" / "changle-2024.gknb"
TOTAL = CellRef("requests", "new", "total")


@given(reports(FORM), st.booleans())
def test_any_proposal_comes_over_whole(report: Report, carries: bool) -> None:  # noqa: FBT001
    kept = decode(encode(report)).report
    proposal = replace(
        propose_report(
            kept, load_form(FORM.edition)
        ),  # as it is known now: an edition handed out is read anew
        attached=kept if carries else None,
        outcomes=(Outcome(Standing.DOUBTFUL, "存疑。", "requests", (TOTAL,), "problems.problems"),),
        disagreements=(Disagreement(TOTAL, 3, None, "甲"), Disagreement(TOTAL, Decimal("3.50"), 4, "乙")),
    )
    assert read_proposal(proposal_answer(proposal)) == proposal


def test_what_is_no_proposal_is_refused() -> None:
    for payload in (b"", b"[]", b'{"edition": "2021"}'):
        with pytest.raises(FrameError):
            read_proposal(Frame({}, payload))


@pytest.mark.parametrize(
    ("key", "value"),
    [("facts", []), ("cells", {str(TOTAL): "三"}), ("edition", "none"), ("outcomes", [[]]), ("attached", 7)],
)
def test_a_proposal_with_one_thing_wrong_is_refused(key: str, value: object) -> None:
    content = json.loads(proposal_answer(propose_report(Report("2021"), FORM)).payload)
    with pytest.raises(FrameError):
        read_proposal(Frame({}, json.dumps(content | {key: value}).encode()))


def test_a_file_is_read_and_one_that_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    picture = tmp_path / "照片.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    empty = tmp_path / "别的.html"
    empty.write_text("<html><body><p>今天下午开会。</p></body></html>", encoding="utf-8")
    with SpokenTo() as worker:
        proposal: Proposal = read_proposal(worker.ask(ask_to_read(EXAMPLE))[-1])
        assert proposal.to_report().cells == decode(EXAMPLE.read_bytes()).report.cells
        for path in (picture, empty, tmp_path / "没有.docx"):
            told = worker.ask(ask_to_read(path))[-1].header
            assert told["answer"] == "error"
            assert told["log"] == ""
            assert str(told["sentence"]).endswith("。")
