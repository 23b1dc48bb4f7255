"""What is asked of the worker and what it answers, as frames and back, for both ends.

A request's header names its kind and carries the asker's number, which every answer repeats.
Any number of parts and progress go before the one answer that ends it, done or error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reportdesk.worker.protocol import Frame, FrameError

READING_TOO_LONG = (
    "读这个文件用的时间太长，已经停止，什么都没有改动。请用原来的软件打开，另存一份再导入，或者照着它录入。"
)
READING_BROKE_OFF = (
    "这个文件读不了：读到一半出了错，什么都没有改动。请用原来的软件打开，另存一份再导入，或者照着它录入。"
)
"""What is said where it is the file's doing, and trying again is of no use."""


class Kind(StrEnum):
    """A request."""

    PING = "ping"
    """Nothing but an answer."""
    WARM_UP = "warm up"
    """Load what the other kinds need, so that the first of them does not wait for it."""
    PDF = "pdf"
    PAGES = "pages"
    PUBLISH = "publish"
    SUBMIT = "submit"
    PAPER = "paper"
    SCAN = "scan"
    """These three are ``submission``'s."""
    READ = "read"
    """``reading``'s."""
    CHECK = "check"
    """``checking``'s."""


class Answer(StrEnum):
    """A frame that the worker sends back."""

    PART = "part"
    PROGRESS = "progress"
    DONE = "done"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where on a page (counted from 0) a section's part or table stands, in points from above.

    ``holder`` is the part's or table's id, "title" or "closing", or empty for a section's heading.
    """

    page: int
    top: float
    bottom: float
    section: str
    holder: str


@dataclass(frozen=True, slots=True)
class FaceNames:
    """Which face stands for an official one."""

    official: str
    actual: str
    bundled: bool


@dataclass(frozen=True, slots=True)
class Typeset:
    """The report as PDF: its bytes, pages' sizes in points, what stands where, what has no shape."""

    content: bytes
    sizes: tuple[tuple[float, float], ...]
    spots: tuple[Spot, ...]
    faces: tuple[FaceNames, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page (counted from 0) as pixels: 4 bytes each, blue, green, red and one unused."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps of how many are done, and what is done next."""

    done: int
    of: int
    doing: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was published, and which face stands for each official one in it.

    ``kept`` is where the file that stood there is now, if somebody changed it since we wrote it.
    """

    format: str
    path: Path
    faces: Mapping[str, str]
    kept: Path | None = None


# -- requests


def ask_for_pdf(report: bytes, *, mark_missing: bool) -> Frame:
    """The report (bytes of a .gknb file) as PDF; a character without a face is marked or refused."""
    return Frame({"kind": Kind.PDF, "mark_missing": mark_missing}, report)


def ask_for_pages(pdf: bytes, pages: Iterable[int], scale: float) -> Frame:
    """Pages of that PDF as pictures of ``scale`` pixels a point."""
    return Frame({"kind": Kind.PAGES, "pages": list(pages), "scale": scale}, pdf)


def ask_to_publish(report: bytes, folder: Path, formats: Sequence[str], *, attach_copy: bool = True) -> Frame:
    """The report (bytes of a .gknb file) as files of these formats in the folder, an absolute path.

    ``attach_copy``: attach the public part of the data to the PDF.
    """
    header = {
        "kind": Kind.PUBLISH,
        "folder": str(folder),
        "formats": list(formats),
        "attach_copy": attach_copy,
    }
    return Frame(header, report)


# -- answers


def typeset_answer(typeset: Typeset) -> Frame:
    """The frame for a PDF that was made."""
    header = {
        "sizes": typeset.sizes,
        "spots": [dataclasses.astuple(spot) for spot in typeset.spots],
        "faces": [dataclasses.astuple(face) for face in typeset.faces],
        "missing": typeset.missing,
    }
    return Frame(header, typeset.content)


def read_typeset(frame: Frame) -> Typeset:
    """The PDF in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        header = frame.header
        return Typeset(
            content=frame.payload,
            sizes=tuple((float(width), float(height)) for width, height in header["sizes"]),
            spots=tuple(Spot(*spot) for spot in header["spots"]),
            faces=tuple(FaceNames(*face) for face in header["faces"]),
            missing=tuple(map(str, header["missing"])),
        )


_NUMBERS = ("page", "width", "height", "stride")


def picture_answer(picture: Picture) -> Frame:
    """The frame for a page that was drawn."""
    header = {name: getattr(picture, name) for name in _NUMBERS}
    return Frame(header, picture.pixels)


def read_picture(frame: Frame) -> Picture:
    """The picture in that answer.

    Raises:
        FrameError: it is no such answer, or its pixels are not as many as it says.
    """
    with Reading():
        page, width, height, stride = (int(frame.header[name]) for name in _NUMBERS)
    picture = Picture(page, width, height, stride, frame.payload)
    whole = picture.stride * picture.height == len(picture.pixels)
    if not (whole and 0 < 4 * picture.width <= picture.stride):
        raise FrameError("a picture's pixels are not as many as it says")
    return picture


def progress_answer(progress: Progress) -> Frame:
    """The frame for a step on the way."""
    return Frame(dataclasses.asdict(progress))


def read_progress(frame: Frame) -> Progress:
    """The step in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return Progress(int(frame.header["done"]), int(frame.header["of"]), str(frame.header["doing"]))


def written_answer(written: Iterable[Written]) -> Frame:
    """The frame for files that were published."""
    listed = [
        {"format": file.format, "path": str(file.path), "faces": file.faces, "kept": str(file.kept or "")}
        for file in written
    ]
    return Frame({"written": listed})


def read_written(frame: Frame) -> tuple[Written, ...]:
    """The files in that answer.

    Raises:
        FrameError: it is no such answer.
    """
    with Reading():
        return tuple(
            Written(
                str(file["format"]),
                Path(file["path"]),
                dict(file["faces"]),
                Path(file["kept"]) if file["kept"] else None,
            )
            for file in frame.header["written"]
        )


class Reading:
    """Turns whatever is wrong with an answer's contents into FrameError."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, LookupError | TypeError | ValueError | AttributeError | ArithmeticError):
            raise FrameError("an answer does not hold what it should") from error
