"""Stores and readers that are deliberately broken, so that the harness can show that it notices."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from reportdesk.checks import engine
from reportdesk.outgoing import export_files
from reportdesk.readers import open_file
from reportdesk.readers.files.visible import Seen, UnreadableError
from reportdesk.readers.text import html
from reportdesk.report.edits import Edit
from reportdesk.report.file import codec
from reportdesk.session import session
from reportdesk.session.keeping import persistence, recovery
from reportdesk.store import disk, file, journal, versions

Spoil = Callable[[], contextlib.AbstractContextManager[None]]
"""Makes a store or reader that is broken on purpose."""


def _in_place(path: Path, content: bytes, **_told: object) -> None:
    """Write over the file where it lies: half of it is gone when that is cut short."""
    if path.exists():
        disk.remove(path)
    with disk.create(path) as opened:
        disk.write(opened, content)


@contextlib.contextmanager
def in_place_writes() -> Iterator[None]:
    """Files are written in place, without a temporary one and without a sync."""
    with mock.patch.object(file, "write_whole", _in_place):
        yield


@contextlib.contextmanager
def no_syncs() -> Iterator[None]:
    """The journal is never synced, and given up before the file that replaces it is safe."""
    with (
        mock.patch.object(journal.JournalWriter, "sync", return_value=None),
        mock.patch.object(file, "write_whole", _in_place),
    ):
        yield


@contextlib.contextmanager
def no_checksums() -> Iterator[None]:
    """Neither a report's file nor a journal's line is held against its checksum."""

    def lines(self: Any) -> Iterator[Any]:
        for line in self._content.split(b"\n"):
            if line:
                try:
                    yield json.loads(line.partition(b" ")[2].decode("utf-8", "surrogatepass"))
                except ValueError:
                    return

    with (
        mock.patch.object(codec, "_digest", lambda document: document.get("digest", "")),
        mock.patch.object(journal._Lines, "__iter__", lines),
    ):
        yield


@contextlib.contextmanager
def no_sentences() -> Iterator[None]:
    """What a parser raises reaches the clerk as it is."""
    own = open_file.see_content

    def see_content(content: bytes, suffix: str) -> Seen:
        try:
            return own(content, suffix)
        except UnreadableError as error:
            if error.__cause__ is not None:
                raise error.__cause__ from None
            raise

    with mock.patch.object(open_file, "see_content", see_content):
        yield


@contextlib.contextmanager
def no_odd_characters() -> Iterator[None]:
    """A page whose characters are not sound is refused as the decoder has it."""
    with mock.patch.object(html, "decode", lambda content: content.decode("utf-8")), no_sentences():
        yield


@contextlib.contextmanager
def no_locks() -> Iterator[None]:
    """Nobody asks who has a report open, nor whether its file is what it was."""
    with (
        mock.patch.object(persistence, "take_lock", return_value=None),
        mock.patch.object(persistence, "changed_behind", return_value=None),
    ):
        yield


@contextlib.contextmanager
def no_limits() -> Iterator[None]:
    """A file is read whatever its size is."""

    def read(path: Path, _limit: int = -1) -> bytes:
        return path.read_bytes()

    with (
        mock.patch.object(disk, "read", read),
        mock.patch.object(codec, "MAX_BYTES", 1 << 40),
        mock.patch.object(open_file, "MAX_FILE", 1 << 40),
    ):
        yield


@contextlib.contextmanager
def versions_by_time() -> Iterator[None]:
    """Versions are ordered and given up by what the clock said, as of today."""
    own, thin = versions.versions_under, versions.thin

    def by_time(folder: Path, key: str) -> tuple[versions.Version, ...]:
        return tuple(sorted(own(folder, key), key=lambda one: one.at, reverse=True))

    def by_age(kept: Sequence[versions.Version]) -> tuple[versions.Version, ...]:
        newest = max(one.at for one in kept)
        old = (one for one in kept if newest - one.at > dt.timedelta(days=3 * 366))
        return tuple({*thin(kept), *old})

    with mock.patch.object(versions, "versions_under", by_time), mock.patch.object(versions, "thin", by_age):
        yield


@contextlib.contextmanager
def no_version_at_closing() -> Iterator[None]:
    """What a report is at closing is forgotten."""
    keep = versions.keep_version

    def forgetful(folder: Path, report: Path, content: bytes, reason: versions.Reason, *rest: Any) -> None:
        if reason is not versions.Reason.CLOSED:
            keep(folder, report, content, reason, *rest)

    with mock.patch.object(persistence, "keep_version", forgetful):
        yield


ELSEWHERE = "REPORTDESK_FAULTS_SPOILT"
"""Names, for a process that an attempt starts, the spoiled store that it shall have."""


@contextlib.contextmanager
def _elsewhere(spoil: str) -> Iterator[None]:
    with mock.patch.dict(os.environ, {ELSEWHERE: spoil}):
        yield


def in_place_writes_elsewhere() -> contextlib.AbstractContextManager[None]:
    """As ``in_place_writes``, in the processes that are started."""
    return _elsewhere(in_place_writes.__name__)


def no_journal() -> contextlib.AbstractContextManager[None]:
    """Nothing that was typed is noted before the file is saved, in the processes that are started."""
    return _elsewhere(_no_journal.__name__)


@contextlib.contextmanager
def _no_journal() -> Iterator[None]:
    with mock.patch.object(persistence.Keeping, "_note", return_value=None):
        yield


def no_notes_of_editors() -> contextlib.AbstractContextManager[None]:
    """What stands in an open editor is never noted, in the processes that are started."""
    return _elsewhere(_no_notes_of_editors.__name__)


@contextlib.contextmanager
def _no_notes_of_editors() -> Iterator[None]:
    from reportdesk.gui.saving import typed_text

    with mock.patch.object(typed_text, "write_typed", return_value=None):
        yield


def elsewhere(spoil: Spoil) -> Spoil:
    """The same, in the processes that are started."""
    return lambda: _elsewhere(spoil.__name__)


@contextlib.contextmanager
def no_autosave_syncs() -> Iterator[None]:
    """The window never has the journal put onto the disk."""
    from reportdesk.gui.context.autosave import Autosave

    with mock.patch.object(Autosave, "_sync", return_value=None):
        yield


@contextlib.contextmanager
def empty_syncs() -> Iterator[None]:
    """Neither a file nor a folder is put onto the disk."""
    with mock.patch.object(disk, "sync", return_value=None), mock.patch.object(disk, "sync_folder"):
        yield


@contextlib.contextmanager
def no_folder_syncs() -> Iterator[None]:
    """No folder is put onto the disk."""
    with mock.patch.object(disk, "sync_folder"):
        yield


@contextlib.contextmanager
def no_reading_back() -> Iterator[None]:
    """What was written is taken to stand there."""
    with mock.patch.object(file, "_stands", return_value=True):
        yield


@contextlib.contextmanager
def no_last_edit() -> Iterator[None]:
    """Recovery leaves out the last edit of a journal."""
    own = journal.read_journal

    def read_journal(path: Path) -> journal.Journal:
        found = own(path)
        return replace(found, entries=found.entries[:-1])

    with mock.patch.object(recovery, "read_journal", read_journal):
        yield


@contextlib.contextmanager
def recovered_put_aside_at_once() -> Iterator[None]:
    """恢复 puts the journal aside although nothing was saved."""
    from reportdesk.gui.saving.recovery_offer import RecoveryOffer
    from reportdesk.store.clock import now

    own = RecoveryOffer._recover

    def recover(self: RecoveryOffer, found: recovery.Recovery) -> None:
        own(self, found)
        journal.set_journal_aside(found.path, now(), held=True)

    with mock.patch.object(RecoveryOffer, "_recover", recover):
        yield


@contextlib.contextmanager
def exports_replaced() -> Iterator[None]:
    """An export replaces what stands there, whoever wrote it."""
    with mock.patch.object(export_files, "write_again", file.write_whole):
        yield


@contextlib.contextmanager
def edits_kept_in_memory() -> Iterator[None]:
    """Two of three edits are not noted."""
    own, count = persistence.Keeping._note, itertools.count()

    def note(self: persistence.Keeping, edit: Edit) -> None:
        if next(count) % 3 == 0:
            own(self, edit)

    with mock.patch.object(persistence.Keeping, "_note", note):
        yield


@contextlib.contextmanager
def journal_given_up_first() -> Iterator[None]:
    """The journal is given up before the file is written."""
    own = persistence.Keeping._write

    def write(self: persistence.Keeping, path: Path, snapshot: persistence.Snapshot | None) -> None:
        self._give_up_journal(self._edits)
        own(self, path, snapshot)

    with mock.patch.object(persistence.Keeping, "_write", write):
        yield


def named(spoil: str | None) -> contextlib.AbstractContextManager[None]:
    """The spoiled store of that name; none without one."""
    spoils = (
        in_place_writes,
        _no_journal,
        _no_notes_of_editors,
        no_autosave_syncs,
        empty_syncs,
        no_folder_syncs,
        recovered_put_aside_at_once,
        edits_kept_in_memory,
    )
    known = {one.__name__: one for one in spoils}
    return known[spoil]() if spoil else contextlib.nullcontext()


@contextlib.contextmanager
def silent_rules() -> Iterator[None]:
    """A rule that raises is left out without a word."""
    whole = engine.run_checks

    def run(*given: Any) -> list[engine.Finding]:
        return [found for found in whole(*given) if found.code != engine.NOT_RUN]

    with mock.patch.object(engine, "run_checks", run), mock.patch.object(session, "run_checks", run):
        yield
