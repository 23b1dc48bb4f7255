"""Reads PDFs that hold text, ours and anybody's: paragraphs put together again, tables by their rules.

Scanned pages are refused or named; nobody should trust figures guessed from a picture.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self

from reportdesk.readers.files.assemble import within_limits
from reportdesk.readers.files.limits import MAX_CELLS, MAX_FILE, MAX_PDF_PAGES
from reportdesk.readers.files.reading_notes import shorten
from reportdesk.readers.files.refusals import broken, protected, too_large
from reportdesk.readers.files.visible import (
    Seen,
    UnreadableError,
    Visible,
    VisibleParagraph,
)
from reportdesk.readers.pdf.bombs import refuse_swollen
from reportdesk.readers.pdf.fonts import Fonts
from reportdesk.readers.pdf.lines import Line, Measure, join, measure
from reportdesk.readers.pdf.page import pages_of
from reportdesk.readers.pdf.page_content import Leaf, leaf_of
from reportdesk.report.file import REPORT_SUFFIX
from reportdesk.report.file.codec import MAX_BYTES
from reportdesk.report.own_files import PROGRAM

if TYPE_CHECKING:
    import pypdfium2

_NUMBER = re.compile(
    r"[—–―‐·•\-\s]*(第\s*)?[0-9]{1,3}(\s*页)?(\s*[/／,，共]\s*共?\s*[0-9]{1,3}\s*页?)?[—–―‐·•\-\s]*"
)
_EDGE = 0.13
"""How much of a page's height, at its head and foot, may hold page numbers and running heads."""
_RUNNING = 3
"""A line that stands on as many pages at one place is a running head."""
_FEWEST = 20
"""Characters of a page; one with a picture and fewer is scanned."""
_FIGURES = re.compile(r"(?<!\S)[0-9][0-9,.]*(?!\S)")
_NOTES = 6
"""Notes of a page that are quoted."""
_IN_ROW = 4
"""Figures apart in one line that make it the row of a table."""
_LABELLED = re.compile(r"\D*[^\W0-9]\s+[0-9][0-9,.]*")
_LABELLED_ROWS = 3
"""Lines of a label and one figure that make a table."""


def read_pdf(content: bytes) -> Seen:
    """All that a PDF shows, and the report attached to it, if any.

    Raises:
        UnreadableError: it is damaged, protected, scanned, or has too many pages.
    """
    if len(content) > MAX_FILE:
        raise too_large("文件")
    document = _opened(content)
    try:
        properties = {name.lower(): text for name, text in document.get_metadata_dict().items() if text}
        headings = _headings(document)
        attached = _attached(document)
        with _Damage() as damage:
            leaves = list(_leaves(content, document))
        if len(leaves) < len(document):
            damage.note()
    finally:
        document.close()
    _refuse_pictures(leaves)
    ours = properties.get("creator", "").startswith(PROGRAM)
    contents = within_limits(_contents(leaves, headings, ours=ours))
    return Seen(contents, (*damage.told(), *_passed_over(leaves)), attached, properties)


# -- what PDFium tells


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    """The document, its pages counted before any of them is parsed."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise (protected() if "password" in str(error).lower() else broken()) from error
    count = len(document)
    if count > MAX_PDF_PAGES:
        document.close()
        raise UnreadableError(
            f"PDF 有 {count} 页，超过 {MAX_PDF_PAGES} 页，没有读取。请只导出年报的那几页另存为一个文件，再导入。"
        )
    return document


def _headings(document: pypdfium2.PdfDocument) -> dict[str, int]:
    """The outline's entries, without spaces, and their levels from 1."""
    entries: dict[str, int] = {}
    for number, entry in enumerate(document.get_toc(max_depth=3)):
        if number > MAX_PDF_PAGES * 20:
            break
        with contextlib.suppress(UnicodeDecodeError):  # half a character in a broken file's outline
            entries.setdefault(_bare(entry.get_title()), entry.level + 1)
    return entries


def _attached(document: pypdfium2.PdfDocument) -> bytes | None:
    """The first attached report."""
    import pypdfium2

    for number in range(min(document.count_attachments(), _FEWEST)):
        try:
            attachment = document.get_attachment(number)
            if attachment.get_name().lower().endswith(REPORT_SUFFIX):
                content = bytes(attachment.get_data())
                return content if len(content) <= MAX_BYTES else None
        except (pypdfium2.PdfiumError, ValueError, TypeError):
            continue
    return None


# -- pages


_LOSSES = ("Data-loss", "Could not set text", "Cannot render")


class _Damage(logging.Handler):
    """Hears what pdfminer says of streams that it could only read in part; nobody else need hear it."""

    def __init__(self) -> None:
        super().__init__()
        self._is_heard = False
        self._logger = logging.getLogger("pdfminer")
        self._chatty = logging.getLogger("pdfminer.psparser")

    def emit(self, record: logging.LogRecord) -> None:
        self._is_heard |= record.getMessage().startswith(_LOSSES)

    def note(self) -> None:
        """Something else is lost."""
        self._is_heard = True

    def told(self) -> tuple[str, ...]:
        """A sentence if something is lost."""
        return ("文件有损坏，可能没有读全，请对照原文件逐项核对。",) if self._is_heard else ()

    def __enter__(self) -> Self:
        self._logger.addHandler(self)
        self._logger.propagate = False
        self._chatty.disabled = True  # it tells of no loss, and asking whether it may speak takes a twentieth
        return self

    def __exit__(self, *_error: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = True
        self._chatty.disabled = False


def _leaves(content: bytes, document: pypdfium2.PdfDocument) -> Iterator[Leaf]:
    """Every page's text and tables.

    Raises:
        UnreadableError: the file is damaged, or a page holds more than any report.
    """
    resources = Fonts()
    try:
        for number, page in zip(range(len(document)), pages_of(content), strict=False):
            refuse_swollen(page)  # before PDFium parses it, which ends the process where memory does
            painter = document[number]
            yield leaf_of(page, painter, number + 1, resources)
            painter.close()
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # pdfminer meets a damaged file with whatever error comes of it
        raise broken() from error


def _refuse_pictures(leaves: Sequence[Leaf]) -> None:
    characters = sum(leaf.characters for leaf in leaves)
    if characters < _FEWEST * len(leaves) or not characters:
        what = "是扫描件，里面只有图片，没有文字" if any(leaf.picture for leaf in leaves) else "里没有文字"
        if sum(leaf.hidden for leaf in leaves):
            what = f"{what}；藏在里面的文字是看不见的，可能认错，不能用"
        raise UnreadableError(f"这个 PDF {what}，读不出来。请照着它录入，或者向对方要 Word、Excel 文件。")
    if sum(leaf.unknown for leaf in leaves) * 3 > characters:
        raise UnreadableError(
            "这个 PDF 里的文字没有按文字保存，只能看、不能读。请照着它录入，或者向对方要 Word、Excel 文件。"
        )
    if sum(len(table.cells) for leaf in leaves for _, table in leaf.tables) > MAX_CELLS:
        raise too_large("文件里的表格")


# -- the whole document


def _contents(leaves: Sequence[Leaf], headings: dict[str, int], *, ours: bool) -> Iterator[Visible]:
    """Paragraphs and tables in order; a paragraph goes on over pages, but not over a table."""
    running = _running(leaves)
    kept = [[line for line in leaf.lines if not _is_margin(line, leaf, running)] for leaf in leaves]
    whole = measure([line for lines in kept for line in lines], ours=ours)
    waiting: list[Line] = []
    for leaf, lines in zip(leaves, kept, strict=True):
        for box, table in leaf.tables:
            above = [line for line in lines if line.baseline < (box[1] + box[3]) / 2]
            yield from _paragraphs([*waiting, *above], whole, headings, ours=ours)
            yield table
            del lines[: len(above)]
            waiting = []
        waiting += lines
    yield from _paragraphs(waiting, whole, headings, ours=ours)


def _paragraphs(
    lines: Sequence[Line], whole: Measure, headings: dict[str, int], *, ours: bool
) -> Iterator[VisibleParagraph]:
    for paragraph in join(lines, whole, ours=ours):
        level = headings.get(_bare(paragraph.text).rstrip("。：:"), 0)
        yield VisibleParagraph(paragraph.text, level)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _running(leaves: Sequence[Leaf]) -> set[tuple[int, str]]:
    """Lines that stand on many pages at one place in the margin."""
    found = Counter(
        (round(line.baseline / 3), line.text)
        for leaf in leaves
        for line in leaf.lines
        if _at_edge(line, leaf)
    )
    return {place for place, count in found.items() if count >= _RUNNING and count * 3 >= len(leaves)}


def _at_edge(line: Line, leaf: Leaf) -> bool:
    return not _EDGE * leaf.height < line.baseline < (1 - _EDGE) * leaf.height


def _is_margin(line: Line, leaf: Leaf, running: set[tuple[int, str]]) -> bool:
    """Whether the line is a page number or a running head."""
    if not _at_edge(line, leaf):
        return False
    is_number = _NUMBER.fullmatch(line.text) and line in (leaf.lines[0], leaf.lines[-1])
    return bool(is_number) or (round(line.baseline / 3), line.text) in running


def _passed_over(leaves: Sequence[Leaf]) -> Iterator[str]:
    scanned = [leaf for leaf in leaves if leaf.picture and leaf.characters < _FEWEST]
    pictures = [leaf for leaf in leaves if leaf.picture and leaf not in scanned]
    if scanned:
        yield f"{_pages(scanned)}是图片，没有文字，没有读取，请照着它录入。"
    if pictures:
        yield f"{_pages(pictures)}有图片，没有读取；如果表格是图片，请照着它录入。"
    if unruled := [leaf for leaf in leaves if _shows_figures(leaf)]:
        yield (
            f"{_pages(unruled)}有没有框线的表，读不出来，里面的数字没有读入。"
            "请照着它录入，或者向对方要 Word、Excel 文件。"
        )
    if any(leaf.drawing for leaf in leaves):
        yield f"{_pages([leaf for leaf in leaves if leaf.drawing])}有复杂的图形，没有在里面找表格。"
    if any(leaf.unknown for leaf in leaves):
        yield f"{_pages([leaf for leaf in leaves if leaf.unknown])}有些字认不出来，请对照原文件核对。"
    yield from _not_shown([leaf for leaf in leaves if leaf not in scanned])


def _not_shown(leaves: Sequence[Leaf]) -> Iterator[str]:
    """What is said of text that is not seen, or that is no text of the report."""
    if hidden := [leaf for leaf in leaves if leaf.hidden]:
        yield (f"{_pages(hidden)}有看不见的文字（透明、白色、极小、被遮住或者在关着的图层里），没有读取。")
    if struck := [leaf for leaf in leaves if leaf.struck]:
        yield f"{_pages(struck)}有划掉的文字，没有读取。"
    if turned := [leaf for leaf in leaves if leaf.turned]:
        yield f"{_pages(turned)}有斜着或者转了方向的数字，没有读取，请对照原文件核对。"
    for leaf in leaves:
        for note in (*leaf.notes, *leaf.comments)[:_NOTES]:
            yield f"第 {leaf.number} 页有批注或者图章，没有当作正文读入：“{shorten(note)}”。"
        if len(leaf.notes) + len(leaf.comments) > _NOTES:
            yield f"第 {leaf.number} 页的批注还有一些，请看原文件。"


def _shows_figures(leaf: Leaf) -> bool:
    """Whether lines outside all ruled tables are rows of figures."""
    rows = sum(len(_FIGURES.findall(line.text)) >= _IN_ROW for line in leaf.lines)
    labelled = sum(_LABELLED.fullmatch(line.text) is not None for line in leaf.lines)
    return rows > 0 or labelled >= _LABELLED_ROWS


def _pages(leaves: Sequence[Leaf]) -> str:
    return f"第 {'、'.join(str(leaf.number) for leaf in leaves)} 页"
