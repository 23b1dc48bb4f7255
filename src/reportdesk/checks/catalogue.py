"""The modules of this package in which rules stand; importing one registers its rules.

Arithmetic and completeness are needed with the first keystroke. What reads prose costs a tenth of a second to
import, so ``engine`` loads it only with the first run that asks for it. What knows the language's words is for the
second process and never loaded by the window.
"""

AT_ONCE = ("arithmetic", "completeness", "units_here")
ON_PAUSE = (
    "requests_prose",
    "results_prose",
    "disputes_prose",
    "verdicts_prose",
    "disclosure_prose",
    "lists_prose",
    "shares_prose",
    "changes_prose",
    "repeated_prose",
    "last_year",
    "last_year_prose",
    "likeness",
    "unit",
    "title",
    "dates",
    "formal",
    "ordinals",
    "content",
    "missing",
    "persons",
    "generic",
    "punctuation",
    "pasted",
    "characters",
    "whose",
    "bodies",
    "pasted_twice",
    "denied_prose",
    "unread",
)

APART = ("wording", "guessed")

OF_ANNUAL_REPORT = frozenset(
    ("MET-1", "MET-2", "MET-4", "MET-5", "MET-6", "TXT-1", "TXT-4", "TXT-9", "TXT-12", "TXT-21", "TXT-22")
)
"""Rules that know the annual report itself, its title, sections and period, and ask for no roles.

A form of another family has its own: of those they say nothing.
"""
