"""Papers that the program prints for the office are no reports, and say which file to take."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportdesk.checks.outcome import Checked
from reportdesk.exports.internal.draft import Sending, render_changes, render_draft
from reportdesk.exports.internal.review_sheet import render_slip
from reportdesk.exports.typesetting.fonts import bundled_faces
from reportdesk.form.load import load_form
from reportdesk.readers.files.visible import UnreadableError
from reportdesk.readers.read_file import read_file
from tests.test_example import example

FORM = load_form("2021")
NOW = dt.datetime(2025, 1, 9, 10, 32, tzinfo=dt.UTC)
FIRST, SECOND = Sending(1, NOW), Sending(2, NOW)


def slip() -> bytes:
    return render_slip(FORM, example(), Checked(), NOW, bundled_faces())


def draft() -> bytes:
    return render_draft(FORM, example(), SECOND, bundled_faces())


def changes() -> bytes:
    after = replace(example(), prose={"overview.disclosure": "改了。"})
    return render_changes(FORM, example(), after, (FIRST, SECOND), bundled_faces())


@pytest.mark.parametrize(("render", "name"), [(slip, "审核单"), (draft, "送审稿"), (changes, "修改对照单")])
def test_an_internal_paper_is_refused_by_its_name(
    render: Callable[[], bytes], name: str, tmp_path: Path
) -> None:
    path = tmp_path / "随便叫什么.pdf"
    path.write_bytes(render())
    with pytest.raises(UnreadableError, match=f"这是年报台打印的{name}.*请改选年报文件（.gknb）"):
        read_file(path)
