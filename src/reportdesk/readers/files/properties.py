"""What an Office file says of itself: its title, author, subject, keywords and version."""

from __future__ import annotations

from reportdesk.readers.files.safe_xml import parse_part
from reportdesk.readers.files.safe_zip import Archive

_PART = "docProps/core.xml"
_NAMES = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "keywords": "keywords",
    "version": "version",
}


def core_properties(archive: Archive) -> dict[str, str]:
    """The core properties (ISO/IEC 29500-2, 11) by our names for them.

    Raises:
        UnreadableError: they are damaged or made to do harm.
    """
    if _PART not in archive:
        return {}
    properties = {}
    for element in parse_part(archive.read(_PART)):
        name = _NAMES.get(str(element.tag).rpartition("}")[2])
        if name and (text := str(element.text or "").strip()):
            properties[name] = text
    return properties
