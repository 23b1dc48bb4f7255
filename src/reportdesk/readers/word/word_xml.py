"""Names and attributes of WordprocessingML, read without trusting that they are there or sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

_MOST_DIGITS = 9
_OFF = ("0", "false", "off", "none")


def w(tag: str) -> str:
    """``w:tag`` as lxml writes it."""
    return f"{{{WORD}}}{tag}"


def child(element: _Element | None, tag: str) -> _Element | None:
    """The first child ``w:tag``; None if there is none, or no element."""
    return None if element is None else element.find(w(tag))


def attribute(element: _Element | None, name: str) -> str:
    """The attribute ``w:name``; empty if there is none, or no element."""
    return "" if element is None else str(element.get(w(name), ""))


def number_of(element: _Element | None, name: str, default: int = 0) -> int:
    """The attribute ``w:name`` as a whole number; ``default`` if it is none."""
    written = attribute(element, name)
    digits = written.removeprefix("-")
    if digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(written)
    return default


def is_on(properties: _Element | None, tag: str) -> bool | None:
    """Whether the property ``w:tag`` is switched on; None if nothing is said of it."""
    element = child(properties, tag)
    return None if element is None else attribute(element, "val").lower() not in _OFF
