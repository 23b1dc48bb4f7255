"""How wide text will be, where no face is at hand: in a file that another program sets.

Faces of East Asia agree on this: a full-width character fills its cell, any other about half.
"""

from __future__ import annotations

import unicodedata

_HALF = 0.5


def reckoned_widths(text: str, cell: float) -> list[float]:
    """The width of each character, in the unit of ``cell``."""
    return [cell * (_HALF if _is_narrow(char) else 1.0) for char in text]


def _is_narrow(char: str) -> bool:
    # Ambiguous ones (“ — ①) are set in the Chinese face.
    return char.isascii() or unicodedata.east_asian_width(char) in ("Na", "H", "N")
