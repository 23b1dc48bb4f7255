"""The kinds of PDF/A that a report is written as; which parts of the standards each one follows.

Small, so that whoever only passes a choice on loads no library: docs/adr/0015 and 0022.
"""

from __future__ import annotations

from enum import Enum


class PdfA(Enum):
    """A kind; the value is ISO 19005's part and level."""

    TAGGED = "3a"
    """Tagged, and so PDF/UA-1 as well; the public part of the data may be attached."""
    WITH_COPY = "3b"
    """The data may be attached, but nothing is tagged."""
    BARE = "1b"
    """Nothing is tagged, and nothing may be attached."""

    @classmethod
    def chosen(cls, *, attach_copy: bool) -> PdfA:
        """The kind for who only says whether the data are attached."""
        return cls.TAGGED if attach_copy else cls.BARE

    @property
    def is_tagged(self) -> bool:
        """Whether pages are tagged."""
        return self is PdfA.TAGGED

    @property
    def may_attach(self) -> bool:
        """Whether the standard allows the data to be attached."""
        return self is not PdfA.BARE

    @property
    def version(self) -> tuple[int, int]:
        """The version of PDF that it is made of."""
        return (1, 7) if self.may_attach else (1, 4)
