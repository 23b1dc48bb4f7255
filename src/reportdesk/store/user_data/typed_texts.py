"""What stands in an open editor and was not entered yet, kept so that it can be offered again.

Answers for the file: one for each report, by its path, and one for what belongs to none. It is no
part of any report and changes none; a broken file counts as none. Who types, and where it is put
back, is the window's matter.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reportdesk.form.spec import FRONT_TITLE
from reportdesk.store import disk
from reportdesk.store.journal import key_of
from reportdesk.store.user_data.json_file import BrokenFileError, read_object, write_object

_FORMAT = "reportdesk-typed"
_VERSION = 1
_START = "start"
_LONGEST = 4_000
"""Characters of one text; an editor's line takes far fewer."""
_MOST = 200


class Kind(StrEnum):
    """Which editor it stood in."""

    CELL = "cell"
    REMARK = "remark"
    FACT = "fact"
    REASON = "reason"
    """The 说明 of a finding."""
    MOVE = "move"
    """Why a report is to be opened again."""
    UNIT = "unit"
    NEW_REPORT = "new_report"
    SETTINGS = "settings"

    @property
    def says(self) -> str:
        """What a clerk calls it."""
        return _SAYS[self]


_SAYS = {
    Kind.CELL: "格里的数",
    Kind.REMARK: "备注",
    Kind.FACT: FRONT_TITLE,
    Kind.REASON: "审核的说明",
    Kind.MOVE: "改状态的原因",
    Kind.UNIT: "本单位资料",
    Kind.NEW_REPORT: "新建年报",
    Kind.SETTINGS: "设置里的本单位资料",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A text in an editor; ``key`` says which one of its kind, such as the cell."""

    kind: Kind
    key: str
    text: str


def file_of(folder: Path, report: Path | None) -> Path:
    """The file for the report that lies there; for None that of what belongs to no report."""
    return folder / f"{key_of(report) if report is not None else _START}.json"


def read_typed(path: Path) -> tuple[Typed, ...]:
    """What was kept; nothing where that cannot be read."""
    try:
        document = read_object(path)
        if document is None or document.get("format") != _FORMAT or document.get("version") != _VERSION:
            return ()
        return tuple(
            Typed(Kind(one["kind"]), str(one["key"]), str(one["text"])[:_LONGEST])
            for one in document["typed"][:_MOST]
        )
    except (OSError, BrokenFileError, ValueError, TypeError, LookupError, AttributeError):
        return ()


def write_typed(path: Path, typed: Sequence[Typed]) -> None:
    """Keep these in place of what was kept; with none the file goes.

    Raises:
        StoreError, OSError: they could not be kept.
    """
    if not typed:
        with contextlib.suppress(FileNotFoundError):
            disk.remove(path)
        return
    entries = [{"kind": one.kind.value, "key": one.key, "text": one.text[:_LONGEST]} for one in typed[:_MOST]]
    write_object(path, {"format": _FORMAT, "version": _VERSION, "typed": entries})
