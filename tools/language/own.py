"""The project's own sentences: how reports are worded, which statutes do not show.

Read are the reports of the first three corpora, the example, the passages, the forms, the sentences to
choose from and the phrases. The fourth and fifth corpora are left out: ``bench words`` puts its mistakes
into those, so that it tells what is found in reports that the model has not read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportdesk.store.file import read_report

_ROOT = Path(__file__).resolve().parents[2]
_LEARNED = ("first", "second", "third")
_ENDS = re.compile("[。；\n]")


def own_sentences() -> Iterator[str]:
    """Each sentence once, in the order of the files."""
    yield from dict.fromkeys(sentence for text in _texts() for sentence in sentences_of(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, less the marks at their ends."""
    return [one.strip() for one in _ENDS.split(text) if one.strip()]


def _texts() -> Iterator[str]:
    for corpus in _LEARNED:
        path = _ROOT / "tests" / "data" / "corpus" / corpus / "reports.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from json.loads(line).get("prose", {}).values()
    yield from read_report(_ROOT / "examples" / "changle-2024.gknb").report.prose.values()
    resources = _ROOT / "resources"
    yield (resources / "trial" / "passages.txt").read_text(encoding="utf-8")
    for folder in ("forms", "sentences"):
        for path in sorted((resources / folder).glob("*.toml")):
            yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    for table in tomllib.loads((resources / "rules" / "phrases.toml").read_text(encoding="utf-8"))["phrases"]:
        for entry in table["entries"]:
            yield entry["words"]
            yield from entry.get("near", [])


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for one in told.values():
            yield from _strings(one)
    elif isinstance(told, list):
        for one in told:
            yield from _strings(one)
