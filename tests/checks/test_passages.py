"""Passages in whole reports: a reviewer's objection is found whatever rule makes it, and nobody else is accused."""

import functools

import pytest

from reportdesk.checks.engine import Finding
from tests.checks.passages import read_passages

PASSAGES = dict(read_passages())


@functools.cache
def objections(name: str) -> list[Finding]:
    return PASSAGES[name].objections()


@pytest.mark.parametrize("name", [name for name, passage in PASSAGES.items() if passage.wrong])
def test_what_is_wrong_is_found(name: str) -> None:
    assert objections(name), PASSAGES[name].text


@pytest.mark.parametrize("name", [name for name, passage in PASSAGES.items() if not passage.wrong])
def test_what_is_right_is_left_alone(name: str) -> None:
    assert [one.message for one in objections(name)] == [], PASSAGES[name].text


@pytest.mark.parametrize("name", [name for name, passage in PASSAGES.items() if passage.wrong])
def test_an_objection_marks_words_of_the_passage(name: str) -> None:
    for found in objections(name):
        if found.span is not None:
            start, end = found.span
            assert 0 <= start < end <= len(PASSAGES[name].report.prose[found.part])
