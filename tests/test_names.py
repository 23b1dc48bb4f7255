"""Identifiers are the field's words: those that docs/glossary.md gave up are not used again."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "reportdesk"
GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8")
GIVEN_UP = {
    line.split("|")[1].strip(" `"): line.split("|")[2].strip(" `")
    for line in GLOSSARY.partition("## Words given up\n")[2].partition("\n## ")[0].splitlines()
    if line.startswith("| `")
}
"""Each word by the one that took its place."""


def public_names(path: Path) -> Iterator[str]:
    """The module's own name, and those of its classes, functions, methods and attributes that others may use."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@functools.cache
def names_of_modules() -> dict[str, set[str]]:
    return {str(path.relative_to(SOURCE)): set(public_names(path)) for path in SOURCE.rglob("*.py")}


def test_the_glossary_lists_words_given_up() -> None:
    assert GIVEN_UP["foot"] == "status_line"
    assert len(GIVEN_UP) > 20


@pytest.mark.parametrize("word", GIVEN_UP)
def test_no_public_name_is_a_word_that_was_given_up(word: str) -> None:
    used = [name for name, names in names_of_modules().items() if word in names]
    assert used == [], f"{word} is called {GIVEN_UP[word]}"
