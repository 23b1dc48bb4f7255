"""Writes a report in the formats of ``exports.formats`` into a folder, whole file by whole file.

What a format looks like is its exporter's matter; here stand plain words for what went wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportdesk.exports.formats import USUAL, Choices, Format, Rendered, RenderError
from reportdesk.form.spec import Form
from reportdesk.outgoing.file_names import export_name
from reportdesk.report.document import Report
from reportdesk.store.file import StoreError, explain
from reportdesk.store.folders import ensure_folder
from reportdesk.store.written_files import write_again


class PublishError(Exception):
    """A file could not be made; the message tells the clerk why and what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was written."""

    format: Format
    path: Path
    faces: Mapping[str, str]
    kept: Path | None = None
    """Where the file that stood there is now, if somebody changed it since we wrote it."""


def publish(
    form: Form,
    report: Report,
    folder: Path,
    formats: Iterable[Format],
    choices: Choices = USUAL,
) -> list[Published]:
    """Write the report in each format into the folder, which is made if need be.

    A file of the same name is replaced whole, or kept under another name if it was changed since.

    Raises:
        PublishError: a file could not be made; those before it stand.
    """
    written = []
    try:
        ensure_folder(folder)
    except StoreError as error:
        raise PublishError(str(error)) from error
    for wanted in formats:
        rendered = render(wanted, form, report, choices)
        path = folder / export_name(wanted, form, report)
        try:
            kept = write_again(path, rendered.content)
        except OSError as error:
            raise PublishError(f"没有写成“{path.name}”：{explain(error)}") from error
        written.append(Published(wanted, path, rendered.faces, kept))
    return written


def render(wanted: Format, form: Form, report: Report, choices: Choices) -> Rendered:
    """The report in that format.

    Raises:
        PublishError: it could not be made.
    """
    try:
        return wanted.render(form, report, choices)
    except RenderError as error:
        raise PublishError(str(error)) from error
