"""The styles of the Word file, its settings and its faces: GB/T 9704-2012 as far as styles can say it.

What python-docx begins a document with (an American office's styles, theme and thumbnail) is
cleared away first. The page itself is ``page``'s.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from reportdesk.exports import style
from reportdesk.exports.style import Face, TextStyle
from reportdesk.exports.typesetting.linebreak import NO_END, NO_START
from reportdesk.exports.word.word_xml import Element, fonts, half_points, off, size, twips, w
from reportdesk.report.own_files import GAP_STYLE, TITLE_STYLE

LANGUAGE = "zh-CN"

TITLE, SECTION, PART, RUN_IN, BODY, CLOSING = "Title", "Heading1", "Heading2", "RunIn", "BodyText", "Closing0"
PART_LEVEL = 1
"""The outline level of a part's heading, counted from 0."""
ODD_FOOTER, EVEN_FOOTER, TABLE, GAP = "FooterOdd", "FooterEven", "ReportTable", "TableGap"

_KEPT_RELATIONSHIPS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_COMPATIBILITY = 15
"""Word 2013 and later; a lower one opens with 兼容模式 in the window's title."""

_STAND_INS = {
    Face.TITLE: ("华文中宋", "86", "roman"),
    Face.HEI: ("SimHei", "86", "modern"),
    Face.KAI: ("楷体", "86", "modern"),
    Face.FANGSONG: ("仿宋", "86", "modern"),
    Face.SONG: ("SimSun", "86", "auto"),
    Face.LATIN: ("", "00", "roman"),
}
"""For each official face, by what other name a PC may have it or the nearest to it."""


@dataclass(frozen=True, slots=True)
class TableStyles:
    """The ids of the paragraph styles of cells whose text has one size."""

    label: str
    head: str
    figure: str
    banner: str


def table_styles(points: float) -> TableStyles:
    """The styles of a table of that text size; sizes are the form's, so each has its own."""
    mark = half_points(points)
    return TableStyles(*(f"Table{piece}{mark}" for piece in ("Label", "Head", "Figure", "Banner")))


def clear_base(document: Document) -> None:
    """Take out of python-docx's blank document all but the bare files that Word needs."""
    relationships = document.part.rels
    for key in [key for key, kept in relationships.items() if kept.reltype not in _KEPT_RELATIONSHIPS]:
        relationships.pop(key)
    of_package = document.part.package.rels
    named = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for key in [key for key, kept in of_package.items() if kept.reltype not in named]:
        of_package.pop(key)


def write_styles(document: Document, table_sizes: Iterable[float]) -> None:
    """Put the report's styles in place of whatever the document has."""
    root = document.styles.element
    for child in list(root):
        if child.tag != qn("w:latentStyles"):
            root.remove(child)
    root.insert(0, _defaults())
    root.extend([*_base_styles(), *_prose_styles(), *_page_number_styles(), *_table_styles(table_sizes)])


def _defaults() -> Element:
    # Latin text is no Chinese: LibreOffice would break a number anywhere, Word check it as Chinese.
    language = w("lang", val="en-US", eastAsia=LANGUAGE, bidi="ar-SA")
    text = w("rPr", fonts(style.BODY), *size(style.BODY.size), language)
    return w("docDefaults", w("rPrDefault", text), w("pPrDefault", w("pPr")))


def _paragraph_style(
    style_id: str,
    name: str,
    look: TextStyle | None = None,
    *properties: Element,
    based_on: str = "Normal",
    following: str = "",
) -> Element:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=based_on),
        w("next", val=following) if following else None,
        w("qFormat"),
        w("pPr", *properties) if properties else None,
        _text(look) if look else None,
        type="paragraph",
        styleId=style_id,
    )


def _text(look: TextStyle) -> Element:
    """A run's face, size and pitch. The pitch is set as spacing, not by the page's grid.

    LibreOffice gives a character that is wider than the grid's column two of them; and with the twentieths
    alone that the pitch asks for, it sets 27 of the 28 characters on a line.
    """
    closer = math.floor(20 * (look.pitch - look.size))
    closer -= bool(closer)
    spacing = [off("snapToGrid"), w("spacing", val=closer)] if closer else []
    return w("rPr", fonts(look), *spacing, *size(look.size))


def _line() -> list[Element]:
    """A line of the page's 22: exactly, as clerks set it (固定值).

    With "at least" the baseline of a line depends on the faces in it: one with a number in it, or a
    run in 楷体, stands higher than its neighbours.
    """
    return [off("snapToGrid"), _exactly(style.LINE_PITCH)]


def _indent() -> Element:
    return w("ind", firstLineChars=200, firstLine=twips(style.FIRST_LINE_INDENT))


def _exactly(points: float, **more: int) -> Element:
    return w("spacing", **more, line=twips(points), lineRule="exact")


def _base_styles() -> Iterator[Element]:
    # On the page's grid, with 避头尾; nothing hangs over the type area's edge, as in the PDF. Switched on,
    # this moves a comma that ends a line in LibreOffice to the next one, and a character with it.
    typography = [
        off("widowControl"),
        w("kinsoku"),
        off("overflowPunct"),
        off("autoSpaceDE"),
        off("autoSpaceDN"),
    ]
    yield w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("pPr", *typography, w("jc", val="both")),
        w("rPr", fonts(style.BODY), *size(style.BODY.size)),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    yield _bare_style("character", "DefaultParagraphFont", "Default Paragraph Font")
    yield _bare_style("table", "TableNormal", "Normal Table")
    yield _bare_style("numbering", "NoList", "No List")


def _prose_styles() -> Iterator[Element]:
    above, below = (
        twips(lines * style.LINE_PITCH) for lines in (style.LINES_ABOVE_TITLE, style.LINES_BELOW_TITLE)
    )
    yield _paragraph_style(
        TITLE,
        TITLE_STYLE,
        style.TITLE,
        w("keepNext"),
        off("snapToGrid"),
        _exactly(style.LINE_PITCH, before=above, after=below),
        w("contextualSpacing"),
        w("jc", val="center"),
        following=BODY,
    )
    for level, (style_id, look) in enumerate(((SECTION, style.SECTION_HEADING), (PART, style.PART_HEADING))):
        outline = w("outlineLvl", val=level)
        name = f"heading {level + 1}"
        yield _paragraph_style(
            style_id, name, look, w("keepNext"), *_line(), _indent(), outline, following=BODY
        )
    yield _paragraph_style(BODY, "Body Text", style.BODY, *_line(), _indent())
    yield w(
        "style",
        w("name", val="段首标题"),
        w("basedOn", val="DefaultParagraphFont"),
        w("qFormat"),
        w("rPr", fonts(style.PART_HEADING)),
        type="character",
        customStyle=1,
        styleId=RUN_IN,
    )
    grid, line = _line()
    line.set(qn("w:before"), str(twips(style.LINES_ABOVE_CLOSING * style.LINE_PITCH)))
    yield _paragraph_style(
        CLOSING, "落款", style.BODY, grid, line, w("contextualSpacing"), w("jc", val="right")
    )
    yield _paragraph_style(GAP, GAP_STYLE, None, off("snapToGrid"), _exactly(style.GAP_BELOW_TABLE))


def _bare_style(kind: str, style_id: str, name: str) -> Element:
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    return w(
        "style",
        w("name", val=name),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        w("tblPr", margins) if kind == "table" else None,
        type=kind,
        default=1,
        styleId=style_id,
    )


def _page_number_styles() -> Iterator[Element]:
    """GB/T 9704-2012, 7.5: odd pages right, even ones left, one character in."""
    indent = twips(style.FOLIO.pitch)
    yield _paragraph_style("Footer", "footer", style.FOLIO, off("snapToGrid"), _exactly(FOLIO_LEADING))
    for style_id, name, side in ((ODD_FOOTER, "单页码", "right"), (EVEN_FOOTER, "双页码", "left")):
        inward = w("ind", **{f"{side}Chars": 100, side: indent})
        yield _paragraph_style(style_id, name, None, inward, w("jc", val=side), based_on="Footer")


FOLIO_LEADING = style.CELL_LEADING * style.FOLIO.size


def _table_styles(sizes: Iterable[float]) -> Iterator[Element]:
    """The table's rules, and for each size of text the paragraphs in its cells."""
    line = {"val": "single", "sz": round(style.HAIRLINE * 8), "space": 0, "color": "000000"}
    side_panels = ("top", "left", "bottom", "right", "insideH", "insideV")
    yield w(
        "style",
        w("name", val="年报表格"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", w("tblBorders", *(w(side, **line) for side in side_panels))),
        type="table",
        customStyle=1,
        styleId=TABLE,
    )
    for points in sorted(set(sizes)):
        look = style.table_text(points)
        ids = table_styles(points)
        for style_id, piece, side in (
            (ids.label, "标签", "left"),
            (ids.head, "表头", "center"),
            (ids.figure, "数字", "center"),
            (ids.banner, "分类行", "left"),
        ):
            yield _paragraph_style(
                style_id,
                f"表格{piece} {points:g} 磅",
                look,
                off("snapToGrid"),
                _exactly(style.CELL_LEADING * points),
                w("jc", val=side),
            )


def write_settings(document: Document) -> None:
    """Line breaking, odd and even pages, language; nothing of the base document's own settings."""
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    root.extend(
        [
            w("zoom", percent=100),
            w("defaultTabStop", val=twips(style.FIRST_LINE_INDENT)),
            w("evenAndOddHeaders"),
            w("drawingGridVerticalSpacing", val=twips(style.LINE_PITCH) // 2),
            w("characterSpacingControl", val="compressPunctuation"),
            w("noLineBreaksAfter", lang=LANGUAGE, val="".join(sorted(NO_END))),
            w("noLineBreaksBefore", lang=LANGUAGE, val="".join(sorted(NO_START))),
            w("compat", *_compatibility()),
            w("themeFontLang", val=LANGUAGE, eastAsia=LANGUAGE),
            w("decimalSymbol", val="."),
            w("listSeparator", val=","),
        ]
    )


def _compatibility() -> Iterator[Element]:
    yield w("useFELayout")
    named = {"compatibilityMode": _COMPATIBILITY, "overrideTableStyleFontSizeAndJustification": 1}
    for name, value in named.items():
        yield w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)


def write_font_table(document: Document) -> None:
    """Name the official faces, and what may stand in for each where a PC has it not."""
    faces: Sequence[Element] = [
        w(
            "font",
            w("altName", val=other) if other else None,
            w("charset", val=charset),
            w("family", val=family),
            w("pitch", val="variable" if face is Face.LATIN else "fixed"),
            name=face.value,
        )
        for face, (other, charset, family) in _STAND_INS.items()
    ]
    content = serialize_part_xml(w("fonts", *faces))
    part = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        content,
        document.part.package,
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
