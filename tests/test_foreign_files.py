"""Files as offices have them: what a person sees is read as it is seen, or named."""

from __future__ import annotations

import dataclasses
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from bench.foreign_files import CORPUS, KNOWN, ForeignFile, Verdict, files, judge

FAMILIES = sorted(path.stem for path in CORPUS.glob("*.zip"))
SECONDS = 10.0
SHARES = 4
"""Parts of each family, so that no test takes as long as all PDFs together."""


def of_family(family: str) -> list[ForeignFile]:
    return list(files(CORPUS, family))


def known_failures() -> set[str]:
    """Only until they are mended: a name a line, behind it what is wrong."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines() if KNOWN.exists() else []
    return {line.split()[0] for line in lines if line and not line.startswith("#")}


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("family", FAMILIES)
def test_no_number_is_wrong_in_silence_no_file_lost_and_no_right_number_doubted(
    family: str, share: int, tmp_path: Path
) -> None:
    shared = of_family(family)[share::SHARES]
    assert shared, "nothing to judge"
    outcomes = [judge(file, tmp_path) for file in shared]
    failed = {
        one.file.name: one.wrong[:3] or one.accused[:3] or one.sentence
        for one in outcomes
        if one.verdict in (Verdict.WRONG, Verdict.BROKE) or one.accused
    }
    assert {name: what for name, what in failed.items() if name not in known_failures()} == {}
    assert [one.file.name for one in outcomes if one.seconds > SECONDS] == []


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    names = Counter(file.name for file in files())
    assert names.total() >= 150
    assert [name for name, count in names.items() if count > 1] == []
    assert known_failures() <= set(names)


def test_a_number_that_is_not_what_a_person_sees_is_wrong_in_silence(tmp_path: Path) -> None:
    plain = next(file for file in of_family("docx") if file.name == "plain.docx")
    cell = "requests.granted.person"
    other = dataclasses.replace(plain, seen={**plain.seen, cell: plain.seen[cell] + Decimal(1)})
    outcome = judge(other, tmp_path)
    assert outcome.verdict is Verdict.WRONG
    assert [line.split(":")[0] for line in outcome.wrong] == [cell]


def test_a_cell_that_shows_no_certain_number_is_to_be_named(tmp_path: Path) -> None:
    plain = next(file for file in of_family("docx") if file.name == "plain.docx")
    cell = "disclosure.penalties.decisions"
    seen = {key: number for key, number in plain.seen.items() if key != cell}
    outcome = judge(dataclasses.replace(plain, seen=seen, doubts=frozenset({cell})), tmp_path)
    assert [line.split(":")[0] for line in outcome.wrong] == [cell]
