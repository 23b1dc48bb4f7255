"""What was taken in of a district's files, and the way back: a record beside the files themselves."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportdesk.form.load import load_form
from reportdesk.resources import DISTRICT, resource
from reportdesk.store import disk
from reportdesk.store.file import StoreError, explain, write_whole
from reportdesk.store.user_data.json_file import BrokenFileError, read_object

_RECORD = "taken.json"
_FORMAT = "reportdesk-taken"


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that was taken in: its name, its SHA-256, when, what it brought, and the files it wrote.

    ``files`` are by their path below the folder of what districts hand out.
    """

    name: str
    digest: str
    at: str
    says: str
    files: tuple[str, ...]


def folder() -> Path:
    """Where what districts hand out is kept."""
    return resource().parent / DISTRICT


def taken() -> tuple[Taken, ...]:
    """What holds now, in the order in which it was taken in; nothing where there is no record."""
    try:
        document = read_object(folder() / _RECORD) or {}
    except (OSError, BrokenFileError):
        return ()
    listed = document.get("taken")
    entries = listed if document.get("format") == _FORMAT and isinstance(listed, list) else []
    return tuple(one for entry in entries if (one := _from(entry)) is not None)


def note(one: Taken) -> None:
    """Put it on the record, in place of what the same files were of before.

    Raises:
        StoreError: the record could not be written.
    """
    kept = [other for other in taken() if not set(other.files) <= set(one.files)]
    _write((*kept, one))


def take_out(one: Taken) -> str:
    """Take back what came with the file; a sentence that says what came of it.

    Raises:
        StoreError: the program's folder cannot be changed.
    """
    others = tuple(other for other in taken() if other != one)
    still = {name for other in others for name in other.files}
    try:
        for name in one.files:
            if name not in still:
                with contextlib.suppress(FileNotFoundError):
                    disk.remove(folder() / name)
    except OSError as error:
        raise StoreError(f"撤不掉“{one.name}”：{explain(error)}也可以请电脑管理员来做这一步。") from error
    _write(others)
    load_form.cache_clear()
    return f"已撤下“{one.name}”（{one.says}）。重新打开年报台后就不再使用。"


def _write(listed: tuple[Taken, ...]) -> None:
    document = {
        "format": _FORMAT,
        "taken": [
            {"name": one.name, "digest": one.digest, "at": one.at, "says": one.says, "files": list(one.files)}
            for one in listed
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        disk.make_folder(folder())
        write_whole(folder() / _RECORD, text.encode("utf-8", "replace") + b"\n")
    except OSError as error:
        raise StoreError(f"没有记下“{_RECORD}”：{explain(error)}") from error


def _from(entry: Mapping[str, Any]) -> Taken | None:
    try:
        name, digest, at, says = (str(entry[key]) for key in ("name", "digest", "at", "says"))
        files = tuple(str(file) for file in entry["files"])
    except (KeyError, TypeError):
        return None
    is_inside = all(".." not in Path(file).parts and not Path(file).is_absolute() for file in files)
    return Taken(name, digest, at, says, files) if is_inside else None
