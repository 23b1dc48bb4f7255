"""The table of rooms in docs/rooms.md: what each package of the program answers for, in its own first sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.markdown import table_lines

_SOURCE = Path(__file__).resolve().parent.parent / "src" / "reportdesk"
MOST_FILES = 16
"""Beyond these a newcomer no longer finds a file by its name; those that have more say why in LARGER."""

LARGER = {
    "checks.claims": "one grammar of sentences, whose parts are of no use without each other",
}


def rooms() -> Iterator[tuple[str, int, str]]:
    """Each package, below ``reportdesk``: its name, how many modules it has, and what it answers for."""
    for init in sorted(_SOURCE.rglob("__init__.py")):
        name = ".".join(init.parent.relative_to(_SOURCE).parts)
        if name:
            told = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
            modules = [path for path in init.parent.glob("*.py") if path != init]
            yield name, len(modules), told.partition("\n\n")[0].replace("\n", " ")


def rooms_reference() -> Iterator[str]:
    """The document's lines."""
    yield "# Rooms"
    yield ""
    yield "Every package of `src/reportdesk` and what it answers for, in the first sentence of its `__init__.py`."
    yield "docs/architecture.md tells how they lie above each other."
    yield ""
    yield from table_lines(
        ("room", "answers for"),
        [(f"`{name}`", told) for name, _count, told in rooms()],
    )
    yield from (f"`{name}` has more than {MOST_FILES}: {why}." for name, why in LARGER.items())
