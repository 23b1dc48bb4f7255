"""Files as offices have them, and what a person sees in each: read, and judged by it.

The files lie in zips, one a family, beside a key. A key's line says which number a person sees in
which cell, which cells nobody could be sure of, and which may be doubted though they are right. What
is asked of a reader: a number that a person sees is read as it is seen, or its cell is named; nothing
that a person does not see is read.
"""

from __future__ import annotations

import json
import re
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.read_file import read_file
from reportdesk.readers.recognise.proposal import Proposal, Standing

CORPUS = Path(__file__).parent.parent / "tests" / "data" / "foreign"
KNOWN = CORPUS / "known-failures.txt"


class Verdict(StrEnum):
    """What came of a file, the worst that can be said of it."""

    WHOLE = "read whole"
    NAMED = "in part, named"
    REFUSED = "refused"
    WRONG = "wrong in silence"
    BROKE = "broke"


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A file of the corpus, and what a person sees in it."""

    name: str
    family: str
    about: str
    edition: str
    seen: Mapping[str, Decimal]
    """The number that a person sees in a cell, sums included."""
    doubts: frozenset[str]
    """Cells that show no number or none that is certain: named, whatever comes of them."""
    either: frozenset[str]
    """Cells of ``seen`` that a careful reader may name though the number is right."""
    blank_is_right: frozenset[str]
    """Cells of ``seen`` that may be called blank, where something else says what stands there."""
    refused: str | None
    """What the sentence must match that refuses the file; none, if it is to be read."""
    content: bytes


@dataclass(slots=True)
class Outcome:
    """What came of a file, cell by cell."""

    file: ForeignFile
    verdict: Verdict = Verdict.WHOLE
    sentence: str = ""
    right: int = 0
    named: list[str] = field(default_factory=list)
    """Not read, and the clerk is told."""
    wrong: list[str] = field(default_factory=list)
    """Each with what a person sees and what came."""
    accused: list[str] = field(default_factory=list)
    seconds: float = 0.0
    """The processor's: what else the machine does has no part in them."""

    @property
    def lost(self) -> list[str]:
        """What a person sees without a doubt, and was not read though it is named."""
        return [cell for cell in self.named if cell in self.file.seen and cell not in self.file.either]


def files(corpus: Path = CORPUS, family: str = "*") -> Iterator[ForeignFile]:
    """All of them, family by family, or those of one."""
    for path in sorted(corpus.glob(f"{family}.zip")):
        with zipfile.ZipFile(path) as held:
            for line in held.read("key.jsonl").decode().splitlines():
                entry = json.loads(line)
                yield _file_of(entry, held.read(entry["file"]))


def _file_of(entry: Mapping[str, Any], content: bytes) -> ForeignFile:
    return ForeignFile(
        name=entry["file"],
        family=entry["family"],
        about=entry["about"],
        edition=entry.get("edition", "2021"),
        seen={cell: Decimal(str(number)) for cell, number in entry.get("seen", {}).items()},
        doubts=frozenset(entry.get("doubts", ())),
        either=frozenset(entry.get("either", ())),
        blank_is_right=frozenset(entry.get("blank_is_right", ())),
        refused=entry.get("refused"),
        content=content,
    )


def judge(file: ForeignFile, folder: Path) -> Outcome:
    """Read the file, laid into the folder under its name, and hold what came against what is seen."""
    path = folder / file.name
    path.write_bytes(file.content)
    outcome = Outcome(file)
    begun = time.process_time()
    try:
        proposal = read_file(path)
    except UnreadableError as error:
        outcome.verdict, outcome.sentence = Verdict.REFUSED, str(error)
        if not re.search(file.refused or "", outcome.sentence):
            outcome.verdict = Verdict.BROKE
        return outcome
    finally:
        outcome.seconds = time.process_time() - begun
        path.unlink()
    _compare(outcome, proposal)
    return outcome


def _compare(outcome: Outcome, proposal: Proposal) -> None:
    file, form = outcome.file, proposal.form
    came = {str(ref): value for ref, value in proposal.to_report().cells.items()}
    named, blank = named_cells(proposal), set(map(str, proposal.blank))
    sums = set(map(str, form.totals))
    for cell in sorted({*came, *file.seen, *file.doubts} - sums):
        _judge_cell(outcome, cell, came.get(cell), is_named=cell in named, is_blank=cell in blank)
    if form.edition != file.edition and (file.seen or file.doubts):
        outcome.wrong.append(f"edition {file.edition}: read as {form.edition}")
    if not (outcome.wrong or outcome.named or file.doubts):
        outcome.accused += [f"{one.ref}: sum {one.stated}" for one in proposal.disagreements]
    if outcome.wrong:
        outcome.verdict = Verdict.WRONG
    elif outcome.named or file.refused is not None:
        outcome.verdict = Verdict.NAMED


def named_cells(proposal: Proposal) -> set[str]:
    """The cells that the clerk is told of: not found, or to be looked at."""
    told = (one.cells for one in proposal.outcomes if one.standing is not Standing.FOUND)
    return {str(ref) for cells in (proposal.missing, *told) for ref in cells}


def _judge_cell(outcome: Outcome, cell: str, came: object, *, is_named: bool, is_blank: bool) -> None:
    file = outcome.file
    wanted = file.seen.get(cell)
    is_right = came is not None and wanted is not None and Decimal(str(came)) == wanted
    if is_right and is_named and cell not in file.either:
        outcome.accused.append(cell)
    elif is_right:
        outcome.right += 1
    elif is_named or (is_blank and cell in file.doubts | file.blank_is_right):
        outcome.named.append(cell)
    else:
        is_called = "called blank" if is_blank else came
        outcome.wrong.append(
            f"{cell}: seen {wanted if wanted is not None else 'no number'}, came {is_called}"
        )
