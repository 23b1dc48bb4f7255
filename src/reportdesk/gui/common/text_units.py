"""Positions in a text as Qt counts them."""

from __future__ import annotations


def units(text: str) -> int:
    """The text's length as Qt counts it: a character beyond the first 65,536 is two."""
    return len(text.encode("utf-16-le")) // 2
