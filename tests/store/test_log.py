"""The log tells what happened and where, and never what was written."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportdesk.store import log as log_module
from reportdesk.store.log import (
    FILE_NAME,
    Event,
    describe_exception,
    log_event,
    log_exception,
    start_log,
    stop_log,
)

SECRET = "常乐镇败诉一起"


def fail() -> None:
    raise ValueError(SECRET)


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    stop_log()


def read(folder: Path) -> str:
    return (folder / FILE_NAME).read_text(encoding="utf-8")


def test_events_stand_with_their_numbers(tmp_path: Path) -> None:
    assert start_log(tmp_path / "logs")
    log_event(Event.RECOVERED, bytes=20480, milliseconds=3.5)
    assert read(tmp_path / "logs").endswith(" recovered unsaved changes bytes=20480 milliseconds=3.5\n")


def test_an_exception_stands_without_its_words(tmp_path: Path) -> None:
    start_log(tmp_path)
    try:
        fail()
    except ValueError:
        kind, _error, trace = sys.exc_info()
        assert kind is not None
        log_exception(kind, trace)
        told = describe_exception(kind, trace)
    assert "exception ValueError" in read(tmp_path)
    assert "store/test_log.py:" in read(tmp_path)
    assert SECRET not in read(tmp_path) + told


def test_no_other_record_gets_in(tmp_path: Path) -> None:
    start_log(tmp_path)
    logger = logging.getLogger("reportdesk")
    logger.error(SECRET)
    logger.error("%s", SECRET)
    logging.getLogger("reportdesk.exports").warning(SECRET)
    try:
        fail()
    except ValueError:
        logger.exception(Event.NOT_SAVED)
    assert SECRET not in read(tmp_path)
    assert "could not save" in read(tmp_path)


def test_places_do_not_name_the_user() -> None:
    short = log_module._short(r"C:\Users\王芳\年报台\lib\reportdesk\gui\window\app.py")
    assert short == "reportdesk/gui/window/app.py"
    assert log_module._short("/home/wangfang/x/PySide6/a.py") == "PySide6/a.py"


def test_the_log_never_grows_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "MAX_BYTES", 300)
    start_log(tmp_path)
    for _ in range(50):
        log_event(Event.SET_ASIDE)
    files = list(tmp_path.iterdir())
    assert len(files) == 3
    assert all(file.stat().st_size <= 300 for file in files)


def test_a_log_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not start_log(tmp_path / "file")
    log_event(Event.STARTED)
