"""What text may stand in an XML file: Excel's and Word's are both made of that."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal_text(text: str) -> str:
    """The text without the characters that XML 1.0 forbids (2.2): controls, halves of pairs."""
    return _ILLEGAL.sub("", text)
