"""A trial of what is handed out takes seconds in a process of its own, and says the same of the same files in every test."""

import functools
from collections.abc import Mapping
from pathlib import Path

import pytest

from reportdesk.intake import form_trial, rule_trial
from reportdesk.intake.trial import tried_apart


@functools.cache
def _tried(module: str, files: tuple[tuple[str, bytes], ...], others: tuple[Path, ...]) -> list[str]:
    return tried_apart(module, dict(files), *others)


def _once(module: str, files: Mapping[str, bytes], *others: Path) -> list[str]:
    return _tried(module, tuple(sorted(files.items())), others)


def try_the_same_files_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember for the tests to come what the trial of some files said."""
    for trial in (form_trial, rule_trial):
        monkeypatch.setattr(trial, "tried_apart", _once)
