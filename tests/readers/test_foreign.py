"""What LibreOffice makes of our Word file shows the same in every format it saves."""

import re
from collections.abc import Mapping

import pytest

from reportdesk.exports.word.document import render_word
from reportdesk.readers.files.visible import Seen
from reportdesk.readers.open_file import see_content
from reportdesk.readers.word.reader import read_word
from tests.editions import FORMS
from tests.readers.shown import grid, paragraphs, tables
from tests.test_example import example


@pytest.fixture(scope="module")
def ours() -> Seen:
    return read_word(render_word(FORMS[0], example()))


def prose(seen: Seen) -> str:
    return re.sub(r"\s", "", "".join(paragraphs(seen)))


@pytest.mark.parametrize("suffix", ["doc", "docx", "html", "pdf", "txt"])
def test_the_prose_is_the_same(foreign: Mapping[str, bytes], ours: Seen, suffix: str) -> None:
    theirs = prose(see_content(foreign[suffix], f".{suffix}"))
    if suffix == "txt":
        assert prose(ours)[:700] in theirs  # a text file has the tables' cells among its paragraphs
    else:
        assert theirs == prose(ours)


@pytest.mark.parametrize("suffix", ["doc", "docx", "html", "pdf"])
def test_the_tables_are_the_same_cell_by_cell(foreign: Mapping[str, bytes], ours: Seen, suffix: str) -> None:
    theirs = tables(see_content(foreign[suffix], f".{suffix}"))
    assert [[(re.sub(r"\s", "", text), spans) for text, spans in grid(table)] for table in theirs] == [
        grid(table) for table in tables(ours)
    ]


@pytest.mark.parametrize("suffix", ["doc", "docx", "html"])
def test_paragraphs_are_the_same_ones(foreign: Mapping[str, bytes], ours: Seen, suffix: str) -> None:
    assert [text.strip() for text in paragraphs(see_content(foreign[suffix], f".{suffix}"))] == paragraphs(
        ours
    )


@pytest.mark.parametrize("suffix", ["doc", "docx"])
def test_headings_keep_their_levels(foreign: Mapping[str, bytes], ours: Seen, suffix: str) -> None:
    theirs = see_content(foreign[suffix], f".{suffix}").contents
    assert [getattr(visible, "level", None) for visible in theirs] == [
        getattr(visible, "level", None) for visible in ours.contents
    ]
