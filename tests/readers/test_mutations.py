"""Files changed at random are read or refused in a sentence: no reader raises anything else."""

import io
import random
import zipfile
from collections.abc import Callable, Mapping

import pytest

from reportdesk.exports.html import render_page
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.exports.word.document import render_word
from reportdesk.form.load import load_form
from reportdesk.readers.files.visible import Seen, UnreadableError, VisibleTable
from reportdesk.readers.pdf.reader import read_pdf
from reportdesk.readers.text.html import read_web
from reportdesk.readers.word.doc_binary import read_legacy
from reportdesk.readers.word.reader import read_word
from reportdesk.report.document import Report, new_report
from tests.editions import FORMS
from tests.readers.ole import container
from tests.readers.shown import without_overlap
from tests.readers.test_legacy import IN_TABLE, ROW_END, document, row_of
from tests.test_example import example


def changed(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, dropped, doubled, cut off or put in place of others."""
    mutated = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(mutated) or 1)
        match chance.randrange(6):
            case 0 if mutated:
                mutated[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del mutated[at : at + chance.randint(1, 40)]
            case 2:
                mutated[at:at] = mutated[at : at + chance.randint(1, 40)]
            case 3:
                mutated[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\xff\xff\xff\x7f")
                )
            case 4 if chance.random() < 0.2:
                del mutated[at:]
            case _:
                other = chance.randrange(len(mutated) or 1)
                mutated[at : at + 8] = mutated[other : other + 8]
    return bytes(mutated)


def inside(content: bytes, chance: random.Random) -> bytes:
    """The archive with one of its XML parts changed, packed soundly."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        wanted = chance.choice(
            [name for name in old.namelist() if name.startswith("word/") and name.endswith(".xml")]
        )
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, markup_changed(part, chance) if name == wanted else part)
    return made.getvalue()


def markup_changed(content: bytes, chance: random.Random) -> bytes:
    """Markup with tags or values doubled, dropped, exchanged or made absurd; often still well-formed."""
    pieces = content.split(b"<")
    for _ in range(chance.randint(1, 8)):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(5):
            case 0:
                del pieces[at]
            case 1:
                pieces.insert(at, pieces[other])
            case 2:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 3:
                pieces[at] = pieces[at].replace(b'"1"', b'"-999999999999"').replace(b'"2"', b'"4000000000"')
            case _:
                pieces[at] = changed(pieces[at], chance)
        pieces = pieces or [b""]
    return b"<".join(pieces)


def small_pdf() -> bytes:
    report: Report = new_report(load_form("2021"), 2024, "常乐镇人民政府")
    return render_pdf(FORMS[0], report, faces=bundled_faces()).content


def small_doc() -> bytes:
    looks = {2: IN_TABLE, 4: IN_TABLE, 5: IN_TABLE + ROW_END + row_of(0, 900, 1800)}
    return container(document("规章\x071\x07\x07后\x13 X \x14y\x15\r", looks=looks))


Change = Callable[[bytes, random.Random], bytes]
CASES: Mapping[str, tuple[Callable[[bytes], Seen], Callable[[], bytes], Change, int]] = {
    "docx": (read_word, lambda: render_word(FORMS[0], example()), changed, 300),
    "docx inside": (read_word, lambda: render_word(FORMS[0], example()), inside, 300),
    "html": (read_web, lambda: render_page(FORMS[0], example()).encode(), changed, 150),
    "html markup": (read_web, lambda: render_page(FORMS[0], example()).encode(), markup_changed, 150),
    "pdf": (read_pdf, small_pdf, changed, 60),
    "doc": (read_legacy, small_doc, changed, 600),
}


def seen_or_told(read: Callable[[bytes], Seen], content: bytes) -> Seen | str:
    """What is seen, or the sentence that the file is refused with."""
    try:
        return read(content)
    except UnreadableError as refusal:
        return str(refusal)


@pytest.mark.parametrize("case", CASES)
def test_a_file_changed_at_random_is_read_or_refused(case: str) -> None:
    read, make, change, count = CASES[case]
    content = make()
    chance = random.Random(case)
    read_whole = refused = 0
    for _ in range(count):
        mutated = change(content, chance)
        if mutated == content:
            continue
        seen = seen_or_told(read, mutated)
        if isinstance(seen, str):
            assert seen.endswith("。")
            refused += 1
            continue
        read_whole += 1
        assert all(without_overlap(visible) for visible in seen.contents if isinstance(visible, VisibleTable))
    assert read_whole + refused > count * 0.8
    assert read_whole


def test_the_real_doc_changed_at_random_is_read_or_refused(foreign: Mapping[str, bytes]) -> None:
    chance = random.Random("doc")
    for _ in range(150):
        mutated = changed(foreign["doc"], chance)
        told = seen_or_told(read_legacy, mutated)
        assert isinstance(told, Seen) or told.endswith("。")
