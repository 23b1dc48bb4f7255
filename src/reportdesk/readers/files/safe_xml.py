"""Parses a part's XML without document types, entities, networks or depth without end."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportdesk.readers.files.limits import MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_PART
from reportdesk.readers.files.refusals import broken, suspicious, too_large

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element

_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


def parse_part(content: bytes, most: int = MAX_PART) -> _Element:
    """The root element of an XML part of an Office file.

    The parts are in UTF-8 or UTF-16 (ISO/IEC 29500-2, 8.1.1); whatever else the declaration says is
    not followed, so that no document type hides in an odd charset.

    Raises:
        UnreadableError: it is not well-formed, has a document type, or goes beyond the limits.
    """
    if len(content) > most:
        raise too_large("文件里的内容")
    text = _decoded(content)
    if any(forbidden in text for forbidden in _FORBIDDEN):
        raise suspicious("实体声明")
    if text.count("<") > 2 * MAX_ELEMENTS or text.count("=") > MAX_ATTRIBUTES:  # before any is made
        raise too_large("文件里的内容")
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken() from error
    _refuse_too_deep(root)
    return root


def _decoded(content: bytes) -> str:
    try:
        return content.decode(_WIDE.get(content[:2], "utf-8-sig"))
    except UnicodeDecodeError as error:
        raise broken() from error


def _refuse_too_deep(root: _Element) -> None:
    """Count elements and levels, which XPath does far faster than a walk through them."""
    if _is_too_deep()(root):
        raise suspicious("多得离谱的层次或内容")


@functools.cache
def _is_too_deep() -> XPath:
    from lxml import etree

    return etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)}) or count(//*) > {MAX_ELEMENTS}")


def named(root: _Element, name: str) -> Iterator[_Element]:
    """The elements of that name, whatever their namespace: Office writes one part in either of two."""
    found: Iterator[_Element] = root.iter(f"{{*}}{name}")
    return found
