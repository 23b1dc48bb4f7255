"""核对码: eight characters that are the same as long as the report prints the same.

Answers for what the code is made of and how it is written. It proves that two papers or files are
of the same wording and numbers, not who made them: anybody can compute it. The digest inside a
.gknb file is another matter (``codec``): that is over the whole file and finds damage.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from reportdesk.form.spec import Form
from reportdesk.report.document import Fact, Report
from reportdesk.report.text.figures import show_figure
from reportdesk.report.text.plain_text import paragraphs

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L and O, which pass for 1 and 0, and without U."""

LENGTH = 8
_BITS_EACH = 5
_SHOWN_BYTES = LENGTH * _BITS_EACH // 8


def check_code(form: Form, report: Report) -> str:
    """The report's 核对码: eight characters of ``ALPHABET``.

    The first 40 bits of the SHA-256 over unit, year, edition, numbers and prose as they are
    printed, headings, title and closing included. Remarks, marks, 说明, states and last year's
    report leave it as it is; so do empty lines and spaces around a paragraph.
    """
    return short_code(_canonical(_printed(form, report)))


def short_code(content: bytes) -> str:
    """The first 40 bits of the content's SHA-256, five to a character."""
    bits = int.from_bytes(hashlib.sha256(content).digest()[:_SHOWN_BYTES], "big")
    places = range(_BITS_EACH * (LENGTH - 1), -1, -_BITS_EACH)
    return "".join(ALPHABET[bits >> place & (len(ALPHABET) - 1)] for place in places)


def _printed(form: Form, report: Report) -> dict[str, Any]:
    facts = report.facts
    return {
        "edition": report.edition,
        "year": facts.get(Fact.YEAR, ""),
        "unit": facts.get(Fact.FULL_NAME, "").strip(),
        "title": [line.strip() for line in report.title_lines(form)],
        "closing": [facts.get(fact, "").strip() for fact in (Fact.CLOSING_UNIT, Fact.CLOSING_DATE)],
        "headings": {part.id: report.heading(part).strip() for part in form.parts.values()},
        "prose": {part: paragraphs(report.prose.get(part, "")) for part in form.parts},
        "cells": {str(ref): show_figure(value) for ref, value in report.cells.items()},
    }


def _canonical(printed: dict[str, Any]) -> bytes:
    text = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # half a pair counts too, whatever it prints as
