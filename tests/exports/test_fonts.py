"""Which face is chosen, by the name table; that what is read from a file is what reportlab reads."""

import io
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFontFace

from reportdesk.exports.pdf.fonts import _SubsetFace
from reportdesk.exports.pdf.writer import render_pdf
from reportdesk.exports.style import Face
from reportdesk.exports.typesetting.fonts import bundled_faces, faces_in, is_latin
from reportdesk.exports.typesetting.truetype import FontFile, FontFileError
from reportdesk.form.load import load_form
from reportdesk.report.document import Report
from reportdesk.resources import resource
from tests.exports.font_files import bundled, collection, renamed
from tests.test_example import example as example_report
from tools.signs_font import lacking

FILES = ("title.ttf", "hei.ttf", "kai.ttf", "fangsong.ttf", "song.ttf", "signs.ttf", "serif-latin.ttf")
SAMPLE = "政府信息公开年报，。“”（）0123abc𬭎㎡㎏≦"


@pytest.mark.parametrize("name", FILES)
def test_glyphs_and_widths_are_those_that_reportlab_reads(name: str) -> None:
    font = FontFile(resource("fonts", name))
    theirs = TTFontFace(str(resource("fonts", name)))
    codes = [code for code, glyph in theirs.charToGlyph.items() if glyph and code != 0xA0]
    assert [font.glyph_of(code) for code in codes] == [theirs.charToGlyph[code] for code in codes]
    assert [1000 * font.advance_of(font.glyph_of(code)) for code in codes] == pytest.approx(
        [theirs.charWidths[code] for code in codes]
    )
    assert not font.glyph_of(0x10FFFF)


@pytest.mark.parametrize("name", FILES)
def test_a_subset_is_the_one_that_reportlab_makes(name: str) -> None:
    path = resource("fonts", name)
    codes = [ord(char) for char in SAMPLE if FontFile(path).glyph_of(ord(char))]
    assert _SubsetFace(FontFile(path)).makeSubset(codes) == TTFontFace(str(path)).makeSubset(codes)


@pytest.mark.parametrize("face", [Face.FANGSONG, Face.SONG, Face.KAI, Face.HEI, Face.TITLE])
def test_whatever_a_pc_in_china_can_type_has_a_bundled_face(face: Face) -> None:
    book = bundled_faces()
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    characters = [
        char for pair in pairs if len(char := pair.decode("gbk", "ignore")) == 1 and not char.isascii()
    ]
    assert len(characters) > 21_000
    assert [char for char in characters if book.choose(char, face) is None] == ["≒"]


@pytest.mark.parametrize("sign", "㎡㎏㎜≦㎝㎞≧㎎㏄")
def test_units_are_printed_and_read_back(sign: str) -> None:
    report = filled_example(f"公开面积12{sign}。")
    content = render_pdf(load_form("2021"), report, faces=bundled_faces()).content
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert f"12{sign}" in "".join(page.extract_text() for page in pdf.pages)


def test_the_face_of_signs_is_what_its_tool_says() -> None:
    font = FontFile(resource("fonts", "signs.ttf"))
    assert font.may_embed
    assert all(font.glyph_of(ord(sign)) for sign in lacking() if sign != "≒")
    assert not font.glyph_of(ord("政"))


def filled_example(words: str) -> Report:
    report = example_report()
    report.prose["other_matters.text"] = words
    return report


def test_a_face_is_known_by_its_name_table_not_by_its_file_s_name(tmp_path: Path) -> None:
    (tmp_path / "whatever.ttf").write_bytes(renamed(bundled("serif-latin.ttf"), "黑体"))
    (tmp_path / "simhei.ttf").write_bytes(renamed(bundled("serif-latin.ttf"), "Other Face"))
    chosen = faces_in([tmp_path]).choose("A", Face.HEI)
    assert chosen is not None
    assert (chosen.used.official, chosen.used.actual, chosen.used.bundled) == ("黑体", "黑体", False)
    assert chosen.font.path.name == "whatever.ttf"


def test_the_best_name_wins_whatever_the_order_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(renamed(bundled("serif-latin.ttf"), "华文中宋"))
    (tmp_path / "b.ttf").write_bytes(renamed(bundled("serif-latin.ttf"), "方正小标宋简体"))
    chosen = faces_in([tmp_path]).choose("A", Face.TITLE)
    assert chosen is not None
    assert chosen.used.actual == "方正小标宋简体"


def test_a_face_in_a_collection_is_found_and_read(tmp_path: Path) -> None:
    faces = (
        renamed(bundled("serif-latin.ttf"), "New Face"),
        renamed(bundled("fangsong.ttf"), "宋体"),
    )
    (tmp_path / "simsun.ttc").write_bytes(collection(*faces))
    chosen = faces_in([tmp_path]).choose("政", Face.SONG)
    assert chosen is not None
    assert (chosen.used.actual, chosen.font.index) == ("宋体", 1)


def test_a_character_that_a_face_lacks_comes_from_the_next(tmp_path: Path) -> None:
    (tmp_path / "fangsong.ttf").write_bytes(renamed(bundled("serif-latin.ttf"), "仿宋_GB2312"))
    book = faces_in([tmp_path])
    first, second, third = (book.choose(char, Face.FANGSONG) for char in "A政①")
    assert [chosen.used.actual for chosen in (first, second, third) if chosen] == [
        "仿宋_GB2312",
        "自带的朱雀仿宋",
        "自带的思源宋体",
    ]


def test_a_rare_character_comes_from_simsun_extb_where_the_pc_has_it(tmp_path: Path) -> None:
    missing = "ə"  # which of the bundled faces only the Latin one has
    assert bundled_faces().choose(missing, Face.FANGSONG) is None
    (tmp_path / "simsunb.ttf").write_bytes(renamed(bundled("serif-latin.ttf"), "SimSun-ExtB"))
    chosen = faces_in([tmp_path]).choose(missing, Face.FANGSONG)
    assert chosen is not None
    assert chosen.used.actual == "SimSun-ExtB"


@pytest.mark.parametrize("rights", [0x0002, 0x0100, 0x0200])
def test_a_face_that_may_not_be_embedded_is_passed_over(tmp_path: Path, rights: int) -> None:
    (tmp_path / "hei.ttf").write_bytes(renamed(bundled("hei.ttf"), "黑体", rights=rights))
    chosen = faces_in([tmp_path]).choose("政", Face.HEI)
    assert chosen is not None
    assert chosen.used.bundled


@pytest.mark.parametrize(
    "content",
    [b"", b"OTTO" + bytes(40), b"no font at all", b"ttcf\0\1\0\0\xff\xff\xff\xff", bundled("hei.ttf")[:300]],
    ids=["empty", "postscript outlines", "text", "collection of nothing", "cut short"],
)
def test_what_is_no_usable_font_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simhei.ttf").write_bytes(content)
    chosen = faces_in([tmp_path]).choose("政", Face.HEI)
    assert chosen is not None
    assert chosen.used.bundled


def test_a_font_file_without_outlines_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.ttf"
    path.write_bytes(bundled("hei.ttf")[:300])
    with pytest.raises(FontFileError):
        FontFile(path)


def test_signs_of_chinese_text_are_not_latin() -> None:
    assert [char for char in "Aé9 %·×°—“①Ω" if is_latin(char)] == ["A", "é", "9", " ", "%"]


@settings(max_examples=150)
@given(
    cut=st.integers(0, 60_000),
    table=st.sampled_from(["cmap", "hhea", "hmtx", "loca", "maxp", "OS/2"]),
    place=st.integers(0, 63),
    byte=st.integers(0, 255),
)
@example(cut=0, table="cmap", place=34, byte=5)
def test_a_damaged_font_is_refused_or_measures_every_character(
    tmp_path_factory: pytest.TempPathFactory, cut: int, table: str, place: int, byte: int
) -> None:
    content = bytearray(bundled("serif-latin.ttf"))
    start, end = FontFile(resource("fonts", "serif-latin.ttf")).tables[table]
    content[start + place % (end - start)] = byte
    path = tmp_path_factory.mktemp("damaged") / "font.ttf"
    path.write_bytes(content[: len(content) - cut])
    try:
        font = FontFile(path)
    except FontFileError:
        return
    assert isinstance(font.may_embed, bool)
    assert all(font.advance_of(font.glyph_of(ord(char))) >= 0 for char in "Aé政\uffff𬭎")
    assert len(font.glyph_places()) == font.glyph_count + 1
