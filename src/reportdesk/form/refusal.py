"""A form file that cannot be used: the error, and the line of the file that it names."""

from __future__ import annotations

import re


class FormError(ValueError):
    """A form file cannot be used. ``line`` counts from 1; 0 where no line can be named."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"第 {line} 行：{reason}" if line else reason)
        self.reason = reason
        self.line = line


def line_of(source: str, words: str | re.Pattern[str], start: int) -> int:
    """The first line from ``start`` on that holds the words, else ``start``."""
    wanted = re.compile(re.escape(words)) if isinstance(words, str) else words
    lines = source.split("\n")
    for number in range(start, len(lines) + 1):
        if wanted.search(lines[number - 1]):
            return number
    return start
