"""The editions that tests run with: the shipped one, and made-up ones that no code knows."""

import functools
from pathlib import Path

from reportdesk.form.load import load_form, read_form
from reportdesk.form.spec import Form

THIRD = Path(__file__).parent / "data" / "forms" / "third.toml"


@functools.cache
def third_form() -> Form:
    """The made-up edition: labels four deep, a block without stub, signed and money cells."""
    return read_form(THIRD)


@functools.cache
def rounds_form() -> Form:
    """A made-up form of another family: a unit for each row, quarters, a table before any prose."""
    return read_form(THIRD.with_name("rounds.toml"))


def form_of(edition: str) -> Form:
    """The form of an edition, the made-up one included; what ``decode`` takes as ``form_of``."""
    return third_form() if edition == "third" else load_form(edition)


FORMS = (load_form("2021"), third_form())
EDITION_IDS = tuple(form.edition for form in FORMS)
