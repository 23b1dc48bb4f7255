"""Reads PDFs that hold text, ours and anybody's: paragraphs put together again, tables by their rules.

Scanned pages are refused or named; nobody should trust figures guessed from a picture.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from reportdesk.readers.gathering import within_limits, without_slivers
from reportdesk.readers.limits import MAX_CELLS, MAX_FILE, MAX_PAGE_CHARACTERS, MAX_PDF_PAGES
from reportdesk.readers.pdf_grid import Ruled, find_tables
from reportdesk.readers.pdf_lines import Char, Line, Measure, cell_text, char_of, join, lines_of, measure
from reportdesk.readers.refusals import broken, protected, too_large
from reportdesk.readers.visible import (
    Seen,
    UnreadableError,
    Visible,
    VisibleCell,
    VisibleParagraph,
    VisibleTable,
)
from reportdesk.report.codec import MAX_BYTES

if TYPE_CHECKING:
    import pypdfium2
    from pdfplumber.page import Page

_OURS = "年报台"
_NUMBER = re.compile(
    r"[—–―‐·•\-\s]*(第\s*)?[0-9]{1,3}(\s*页)?(\s*[/／,，共]\s*共?\s*[0-9]{1,3}\s*页?)?[—–―‐·•\-\s]*"
)
_EDGE = 0.13
"""How much of a page's height, at its head and foot, may hold page numbers and running heads."""
_RUNNING = 3
"""A line that stands on as many pages at one place is a running head."""
_LARGE = 0.12
"""A picture is named that takes this much of its page."""
_FEWEST = 20
"""Characters of a page; one with a picture and fewer is scanned."""
_ASKEW = 0.02
_FIGURES = re.compile(r"(?<!\S)[0-9][0-9,.]*(?!\S)")
_IN_ROW = 4
"""Figures apart in one line that make it the row of a table."""
_LABELLED = re.compile(r"\D*[^\W0-9]\s+[0-9][0-9,.]*")
_LABELLED_ROWS = 3
"""Lines of a label and one figure that make a table."""
_UNKNOWN = "(cid:"
_WHITE = ((1,), (1, 1, 1), (0, 0, 0, 0))


@dataclass(slots=True)
class _Leaf:
    """What one page holds."""

    number: int
    height: float
    tables: list[tuple[Ruled, VisibleTable]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    characters: int = 0
    unknown: int = 0
    picture: bool = False
    drawing: bool = False


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
    finally:
        document.close()
    with _Damage() as damage:
        leaves = list(_leaves(content))
    _refuse_pictures(leaves)
    ours = properties.get("creator", "").startswith(_OURS)
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
        entries.setdefault(_bare(entry.get_title()), entry.level + 1)
    return entries


def _attached(document: pypdfium2.PdfDocument) -> bytes | None:
    """The first attached report."""
    import pypdfium2

    for number in range(min(document.count_attachments(), _FEWEST)):
        try:
            attachment = document.get_attachment(number)
            if attachment.get_name().lower().endswith(".gknb"):
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

    def emit(self, record: logging.LogRecord) -> None:
        self._is_heard |= record.getMessage().startswith(_LOSSES)

    def told(self) -> tuple[str, ...]:
        """A sentence if something is lost."""
        return ("文件有损坏，可能没有读全，请对照原文件逐项核对。",) if self._is_heard else ()

    def __enter__(self) -> Self:
        self._logger.addHandler(self)
        self._logger.propagate = False
        return self

    def __exit__(self, *_error: object) -> None:
        self._logger.removeHandler(self)
        self._logger.propagate = True


def _leaves(content: bytes) -> Iterator[_Leaf]:
    """Every page's text and tables.

    Raises:
        UnreadableError: the file is damaged, or a page holds more than any report.
    """
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(content), pages=list(range(1, MAX_PDF_PAGES + 1))) as document:
            for page in document.pages:
                yield _leaf(page)
                page.close()
    except (UnreadableError, MemoryError):
        raise
    except PdfminerException as error:
        raise (MemoryError() if isinstance(error.__context__, MemoryError) else broken()) from error
    except Exception as error:  # pdfminer meets a damaged file with whatever error comes of it
        raise broken() from error


def _leaf(page: Page) -> _Leaf:
    leaf = _Leaf(page.page_number, float(page.height))
    found = page.chars
    leaf.characters = len(found)
    if leaf.characters > MAX_PAGE_CHARACTERS:
        raise too_large("文件里的文字")
    leaf.unknown = sum(char["text"].startswith(_UNKNOWN) for char in found)
    leaf.picture = any(_is_large(image, page) for image in page.images)
    ruled, leaf.drawing = find_tables(page)
    chars = [char_of(char, leaf.height) for char in found if _is_seen(char, page)]
    inside: list[dict[int, list[Char]]] = [{} for _ in ruled]
    outside: list[Char] = []
    for char in chars:
        x, y = (char.left + char.right) / 2, char.baseline - char.size / 3
        number = next((number for number, table in enumerate(ruled) if table.holds(x, y)), None)
        cell = None if number is None else ruled[number].cell_at(x, y)
        if number is None or cell is None:
            outside.append(char)
        else:
            inside[number].setdefault(cell, []).append(char)
    leaf.tables = [(table, _table(table, texts)) for table, texts in zip(ruled, inside, strict=True)]
    leaf.lines = lines_of(outside, leaf.number)
    return leaf


def _is_seen(char: dict[str, Any], page: Page) -> bool:
    """Whether a character is on the page, upright, and no ghost: watermarks stand askew."""
    along, askew = char["matrix"][:2]
    if along <= 0 or abs(askew) > _ASKEW * along or char["text"].startswith(_UNKNOWN):
        return False
    left, top, right, bottom = page.bbox
    if not (left <= char["x0"] <= right and top <= char["top"] <= bottom):
        return False
    colour = char.get("non_stroking_color")
    return not (isinstance(colour, tuple) and colour in _WHITE and not _is_on_fill(char, page))


def _is_on_fill(char: dict[str, Any], page: Page) -> bool:
    """White text is seen where something dark is below it."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(
        rect.get("fill")
        and rect.get("non_stroking_color") not in _WHITE
        and rect["x0"] <= x <= rect["x1"]
        and rect["top"] <= y <= rect["bottom"]
        for rect in page.rects
    )


def _is_large(image: dict[str, Any], page: Page) -> bool:
    covered = (image["x1"] - image["x0"]) * (image["bottom"] - image["top"])
    return bool(covered > _LARGE * float(page.width) * float(page.height))


def _table(ruled: Ruled, texts: dict[int, list[Char]]) -> VisibleTable:
    cells = enumerate(ruled.cells)
    return without_slivers([VisibleCell(cell_text(texts.get(number, ())), *place) for number, place in cells])


def _refuse_pictures(leaves: Sequence[_Leaf]) -> None:
    characters = sum(leaf.characters for leaf in leaves)
    if characters < _FEWEST * len(leaves) or not characters:
        what = "是扫描件，里面只有图片，没有文字" if any(leaf.picture for leaf in leaves) else "里没有文字"
        raise UnreadableError(f"这个 PDF {what}，读不出来。请照着它录入，或者向对方要 Word、Excel 文件。")
    if sum(leaf.unknown for leaf in leaves) * 3 > characters:
        raise UnreadableError(
            "这个 PDF 里的文字没有按文字保存，只能看、不能读。请照着它录入，或者向对方要 Word、Excel 文件。"
        )
    if sum(len(table.cells) for leaf in leaves for _, table in leaf.tables) > MAX_CELLS:
        raise too_large("文件里的表格")


# -- the whole document


def _contents(leaves: Sequence[_Leaf], headings: dict[str, int], *, ours: bool) -> Iterator[Visible]:
    """Paragraphs and tables in order; a paragraph goes on over pages, but not over a table."""
    running = _running(leaves)
    kept = [[line for line in leaf.lines if not _is_margin(line, leaf, running)] for leaf in leaves]
    whole = measure([line for lines in kept for line in lines], ours=ours)
    waiting: list[Line] = []
    for leaf, lines in zip(leaves, kept, strict=True):
        for ruled, table in sorted(leaf.tables, key=lambda found: found[0].box[1]):
            above = [line for line in lines if line.baseline < (ruled.box[1] + ruled.box[3]) / 2]
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


def _running(leaves: Sequence[_Leaf]) -> set[tuple[int, str]]:
    """Lines that stand on many pages at one place in the margin."""
    found = Counter(
        (round(line.baseline / 3), line.text)
        for leaf in leaves
        for line in leaf.lines
        if _at_edge(line, leaf)
    )
    return {place for place, count in found.items() if count >= _RUNNING and count * 3 >= len(leaves)}


def _at_edge(line: Line, leaf: _Leaf) -> bool:
    return not _EDGE * leaf.height < line.baseline < (1 - _EDGE) * leaf.height


def _is_margin(line: Line, leaf: _Leaf, running: set[tuple[int, str]]) -> bool:
    """Whether the line is a page number or a running head."""
    if not _at_edge(line, leaf):
        return False
    is_number = _NUMBER.fullmatch(line.text) and line in (leaf.lines[0], leaf.lines[-1])
    return bool(is_number) or (round(line.baseline / 3), line.text) in running


def _passed_over(leaves: Sequence[_Leaf]) -> Iterator[str]:
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


def _shows_figures(leaf: _Leaf) -> bool:
    """Whether lines outside all ruled tables are rows of figures."""
    rows = sum(len(_FIGURES.findall(line.text)) >= _IN_ROW for line in leaf.lines)
    labelled = sum(_LABELLED.fullmatch(line.text) is not None for line in leaf.lines)
    return rows > 0 or labelled >= _LABELLED_ROWS


def _pages(leaves: Sequence[_Leaf]) -> str:
    return f"第 {'、'.join(str(leaf.number) for leaf in leaves)} 页"
