"""The modules of this package in which rules stand; importing one registers its rules.

Arithmetic and completeness are needed with the first keystroke. What reads prose costs a tenth of a second to
import, so ``engine`` loads it only with the first run that asks for it. What knows the language's words is for the
second process and never loaded by the window.
"""

IMMEDIATE = ("numbers.arithmetic", "contents.completeness", "contents.units_here")
ON_IDLE = (
    "numbers.requests_prose",
    "numbers.results_prose",
    "numbers.disputes_prose",
    "numbers.verdicts_prose",
    "numbers.disclosure_prose",
    "numbers.lists_prose",
    "numbers.shares_prose",
    "numbers.changes_prose",
    "numbers.repeated_prose",
    "contents.last_year",
    "numbers.last_year_prose",
    "contents.likeness",
    "contents.unit",
    "contents.title",
    "contents.dates",
    "contents.formal",
    "text.ordinals",
    "contents.required_content",
    "text.missing",
    "names.persons",
    "contents.generic",
    "text.punctuation",
    "text.paste_residue",
    "text.characters",
    "names.foreign_names",
    "names.bodies",
    "text.pasted_twice",
    "numbers.denied_prose",
    "unread",
    "contents.returned",
)

APART = ("text.wording", "text.guessed")

OF_ANNUAL_REPORT = frozenset(
    ("MET-1", "MET-2", "MET-4", "MET-5", "MET-6", "TXT-1", "TXT-4", "TXT-9", "TXT-12", "TXT-21", "TXT-22")
)
"""Rules that know the annual report itself, its title, sections and period, and ask for no roles.

A form of another family has its own: of those they say nothing.
"""
