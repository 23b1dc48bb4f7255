"""Elements of WordprocessingML, written as briefly as they are read.

python-docx has a doorway for most things, but not for all that the official look asks for, and
a slow one for merged cells; so paragraphs and tables are made of these.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from reportdesk.exports.style import TextStyle
from reportdesk.exports.xml_text import legal_text

Element = BaseOxmlElement

_name = functools.cache(qn)
_SPACE = qn("xml:space")


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """The element ``w:tag``; children that are None are left out, attributes are ``w:`` too."""
    named = {_name(f"w:{key}"): str(value) for key, value in attributes.items()}
    element = OxmlElement(f"w:{tag}", named)
    element.extend([child for child in children if child is not None])
    return element


def off(tag: str) -> Element:
    """A property that is switched off."""
    return w(tag, val=0)


def twips(points: float) -> int:
    """Points in twentieths, which WordprocessingML counts lengths in."""
    return round(points * 20)


def half_points(points: float) -> int:
    """A type size as WordprocessingML counts it."""
    return round(points * 2)


def fonts(look: TextStyle) -> Element:
    """The official faces by name, so that no theme's face can take their place."""
    latin = look.latin.value
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=look.face.value, cs=latin)


def size(points: float) -> list[Element]:
    """A type size, for East Asian and for other text."""
    return [w("sz", val=half_points(points)), w("szCs", val=half_points(points))]


def run(text: str, *, style_id: str = "", points: float | None = None) -> Element:
    """A run of text in a character style or of another size than its paragraph's, if given.

    Marks that Latin and Chinese share (“ ” … —) are told to be Chinese; Word would set them
    in the Latin face.
    """
    legal = legal_text(text)
    properties = [w("rStyle", val=style_id)] if style_id else []
    if not legal.isascii():
        properties.append(w("rFonts", hint="eastAsia"))
    if points is not None:
        properties += size(points)
    return w("r", w("rPr", *properties) if properties else None, _text(legal))


def _text(legal: str) -> Element:
    element = w("t")
    element.text = legal
    if legal != legal.strip():
        element.set(_SPACE, "preserve")
    return element


def paragraph(style_id: str, *runs: Element, properties: Iterable[Element] = ()) -> Element:
    """A paragraph in the style; ``properties`` in the schema's order, after the style."""
    return w("p", w("pPr", w("pStyle", val=style_id), *properties), *runs)
