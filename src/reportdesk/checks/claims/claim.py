"""What a claim is: a number that prose states, of which subject, deed, applicant and year."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reportdesk.checks.claims.numerals import Precision
from reportdesk.report.document import Value


class Topic(StrEnum):
    """What a number counts."""

    REQUEST = "request"
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration"
    DISPUTE = "dispute"
    """Reconsiderations and suits together."""
    CASE = "case"
    """案件 without a word on which."""
    DOCUMENTS = "documents"
    REGULATIONS = "regulations"
    LICENCE = "licence"
    PENALTY = "penalty"
    COERCIVE = "coercive"
    PROCESSING_FEE = "processing_fee"
    CHARGE = "charge"
    OTHER = "other"
    """Something that the form does not count."""


DISPUTES = frozenset(
    {
        Topic.RECONSIDERATION,
        Topic.LITIGATION,
        Topic.DIRECT_SUIT,
        Topic.SUIT_AFTER_RECONSIDERATION,
        Topic.DISPUTE,
        Topic.CASE,
    }
)


class Claim(NamedTuple):
    """One number that prose states, with the words that say so from ``start`` to ``end``.

    ``deed`` and ``applicant`` are lists of the word table, empty if not said. ``marks`` are the
    other lists met beside the number: own, whole, partly, change, part_of, last_year, plan …
    ``year`` is the year written before it in the sentence, at ``year_at``. ``denied`` for 未发生 and 未收取.
    """

    topic: Topic
    deed: str
    value: Value
    precision: Precision
    unit: str
    start: int
    end: int
    applicant: str = ""
    marks: frozenset[str] = frozenset()
    year: int | None = None
    year_at: int = -1
    denied: bool = False
    inherited: bool = False

    @property
    def words(self) -> slice:
        """The place of the words in the part's prose."""
        return slice(self.start, self.end)
