"""Reads web pages and fragments, ours and anybody's, as a browser shows them by their own style sheets.

Nothing is fetched and no script is run. Menus and footers of a website are paragraphs like any
other: where the report begins and ends, its headings tell.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reportdesk.readers.files.assemble import Holding, as_visible, clamped, within_limits
from reportdesk.readers.files.charsets import decode
from reportdesk.readers.files.limits import MAX_CELLS, MAX_ELEMENTS, MAX_NESTED_TABLES, MAX_PAGE, MAX_SPAN
from reportdesk.readers.files.list_numbers import show_number
from reportdesk.readers.files.refusals import broken, too_large
from reportdesk.readers.files.superscripts import raised
from reportdesk.readers.files.unseen import Reason, Unseen, doubt_of
from reportdesk.readers.files.visible import Seen, Visible, VisibleParagraph, VisibleTable
from reportdesk.readers.text.page_furniture import without_furniture
from reportdesk.readers.text.style_sheets import GENERATED, Declarations, Look, StyleSheet, is_turned_about

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = frozenset(
    re.split(
        r"\s+",
        "script style head template noscript iframe object embed applet svg math canvas audio video meter progress "
        "option datalist button nav title meta link",
    )
)
_INLINE = frozenset(
    re.split(
        r"\s+",
        "a abbr acronym b del bdi bdo big cite code data dfn em font i ins kbd label mark o:p q s samp small "
        "span strike strong sub sup time tt u var wbr ruby rb st1 nobr",
    )
)
_DRAWN = frozenset(("img", "svg", "canvas", "math", "object", "embed", "video", "meter", "progress"))
"""What shows something that is no text of the page."""
_IS_DRAWN = "这一格里有图片、图形或者公式，不是文字，没有读入，请对照原文件核对"
_IS_TURNED = "这一格里的数字显示的次序和写的不一样，请对照原文件核对"
_IS_GENERATED = "这一格里有网页样式添上的字，没有读入，请对照原文件核对"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LIST_STYLES = {
    "a": "lowerLetter",
    "lower-alpha": "lowerLetter",
    "A": "upperLetter",
    "upper-alpha": "upperLetter",
    "i": "lowerRoman",
    "lower-roman": "lowerRoman",
    "I": "upperRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "chineseCounting",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_LINE_END = re.compile(r"[ \t\f]*[\r\n][ \t\r\n\f]*")
_BETWEEN_WIDE = re.compile(
    r"(?<=[\u2014-\u2026\u3000-\u9fff\uf900-\ufaff\uff00-\uffef])\n(?=[\u2014-\u2026\u3000-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_ARCHIVE = re.compile(
    rb"\s*(?:From|MIME-Version|Subject|Date|Content-Type|Snapshot-Content-Location):", re.IGNORECASE
)
_SHEET = re.compile(r"table[0-9]+")
_DIGITS = re.compile(r"\s*([0-9]{1,9})")
_MOST_DEPTH = 200
"""Levels of a page; CMSs reach some forty."""


def read_web(content: bytes) -> Seen:
    """All that a page shows, or one saved with its pictures as .mht.

    Raises:
        UnreadableError: it is too large or holds nothing.
    """
    if len(content) > MAX_PAGE:
        raise too_large("网页文件")
    page_bytes, sheets = _page_of(content)
    text = decode(page_bytes).replace("\x00", "")
    if text.count("<") > 2 * MAX_ELEMENTS:
        raise too_large("网页文件")
    root = _parsed(text)
    if root is None:
        raise broken()
    page = _Page(StyleSheet(_style_sheets(root, sheets)))
    contents = within_limits(page.read(root))
    contents, furniture = without_furniture(contents)
    title = root.findtext("head/title")
    properties = {"title": _collapsed(title).strip()} if title else {}
    return Seen(contents, (*_passed_over(page, contents), *furniture), properties=properties)


def _passed_over(page: _Page, contents: tuple[Visible, ...]) -> Iterator[str]:
    """Pictures are named only where there is no table: any website has some in its frame."""
    if page.pictures and not any(isinstance(visible, VisibleTable) for visible in contents):
        yield f"网页里有 {page.pictures} 张图片，没有读取；如果表格是图片，请照着它录入。"
    yield from page.unseen.says()
    if page.is_too_deep:
        yield "网页里有套了很多层的内容，里层可能没有读全。"


def is_mail_archive(content: bytes) -> bool:
    """Whether the bytes begin as a page saved as .mht."""
    return bool(_ARCHIVE.match(content[:200])) and b"multipart/" in content[:_HEAD].lower()


_HEAD = 4096


def _page_of(content: bytes) -> tuple[bytes, Mapping[str, str]]:
    """The page within an .mht, or the content itself; and the style sheets beside it, by what links call them."""
    if not is_mail_archive(content):
        return content, {}
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    page, sheets = None, {}
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in ("text/html", "text/css"):
            continue
        held = part.get_payload(decode=True)
        inner = held if isinstance(held, bytes) else b""
        if kind == "text/css":
            named = f"cid:{part.get('Content-ID', '').strip().strip('<>')}"
            sheets[named] = sheets[str(part.get("Content-Location", named)).strip()] = decode(inner)
        elif page is None:
            page = inner
    return page or b"", sheets


def _style_sheets(root: _Element, sheets: Mapping[str, str]) -> Iterator[str]:
    """The page's own style sheets and those beside it, in the order in which a browser takes them."""
    for element in root.iter("style", "link"):
        media = element.get("media", "").lower()
        if media and not re.search(r"\b(?:all|screen)\b", media):
            continue
        if element.tag == "style":
            yield element.text_content()
        elif "stylesheet" in element.get("rel", "").lower():
            yield sheets.get(element.get("href", ""), "")


def _parsed(text: str) -> _Element | None:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


@dataclass(slots=True)
class _Table:
    """A table as it is put together; ``taken`` counts for each column how many rows are covered."""

    hidden: frozenset[int] = frozenset()
    """The columns that are not shown."""
    cells: list[Holding] = field(default_factory=list)
    taken: dict[int, int] = field(default_factory=dict)
    row: int = -1
    column: int = 0

    def next_row(self) -> None:
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}
        self.row += 1
        self.column = 0

    def is_hidden(self, cell: _Element) -> bool:
        """Whether the cell, the next of its row, stands in hidden columns only."""
        if not self.hidden:
            return False
        while self.column in self.taken:
            self.column += 1
        return self.hidden.issuperset(range(self.column, self.column + _span(cell, "colspan")))

    def place(self, cell: _Element, contents: tuple[Visible, ...], doubt: str, odd: str = "") -> None:
        """Place a cell; ``doubt`` is said of it if nothing is seen in it, ``odd`` in any case."""
        rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
        while self.column in self.taken:
            self.column += 1
        free = 1
        while free < columns and self.column + free not in self.taken:
            free += 1  # spans that run into each other are cut, for cells do not overlap
        held = Holding(self.row, self.column, rows, free, contents)
        says = odd if held.text.strip() else doubt or odd
        self.cells.append(replace(held, doubt=says) if says else held)
        self.taken |= dict.fromkeys(range(self.column, self.column + free), rows)
        self.column += free

    def settled(self) -> list[Holding]:
        """The cells, none of them longer than the table has rows."""
        last = self.row + 1
        return [replace(cell, rows=min(cell.rows, last - cell.row)) for cell in self.cells]


@dataclass(slots=True)
class _List:
    numbering: str
    number: int


class _Page:
    """Walks through a page once, as deep as browsers go."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._look = Look()
        self._reason: Reason | None = None
        self._odd = ""
        """Why a person may see something else in the cell at hand than its text."""
        self.unseen = Unseen()
        self._unseen_before = 0
        """How many pieces were not seen before the paragraph at hand."""
        self.pictures = 0
        self.is_too_deep = False
        self._text: list[str] = []
        self._level = 0
        self._kept_spaces = 0
        self._depth = 0
        self._tables = 0
        self._cells = 0
        self._lists: list[_List] = []
        self._sheet = ""
        """The name of the sheet whose table comes next."""

    def read(self, element: _Element) -> Iterator[Visible]:
        """Everything that stands in the element, without what follows it."""
        self._add(element.text)
        for inner in element.iterchildren():
            if isinstance(inner.tag, str):
                yield from self._child(inner)
            self._add(inner.tail)
        if element.getparent() is None:
            yield from self._flush()

    def _add(self, text: str | None) -> None:
        """Take in a text, if it is seen."""
        if text and self._reason:
            goes_on = len(self.unseen.pieces) > self._unseen_before
            self.unseen.note(self._reason, _collapsed(text), goes_on=goes_on)
        elif text:
            self._text.append(self._spaced(text))

    def _child(self, element: _Element) -> Iterator[Visible]:
        """An element in the look that it has by itself and by what stands around it."""
        tag = element.tag.lower()
        if tag in _DRAWN and self._tables and not _is_decoration(element):
            self._odd = self._odd or _IS_DRAWN
        if tag in _DROPPED or _is_foot(element) or _is_of_sheets(element):
            self._sheet = _sheet_name(element) or self._sheet
            return
        said = self._styles.declarations(element)
        self._note_odd(tag, said)
        if _is_left_out(element, said):
            if self._tables or tag in _INLINE:
                self.unseen.note(Reason.HIDDEN, _collapsed(element.text_content()))
            return
        before = self._look, self._reason
        look = self._look.inner(tag, said)
        if look is not self._look:
            self._look, self._reason = look, look.unseen()
        yield from self._shown(element, tag)
        self._look, self._reason = before

    def _note_odd(self, tag: str, said: Declarations) -> None:
        if is_turned_about(tag, said):
            self._odd = self._odd or _IS_TURNED
        elif said.get(GENERATED):
            self._odd = self._odd or _IS_GENERATED

    def _shown(self, element: _Element, tag: str) -> Iterator[Visible]:
        if self._depth >= _MOST_DEPTH:
            self.is_too_deep = True
            self._text += [self._spaced(text) for text in element.itertext()]
            return
        self._depth += 1
        if tag == "br":
            self._text.append("\x00")
        elif tag == "img":
            self.pictures += 1
        elif tag == "rt":
            pass  # the reading above a word
        elif tag in _FIELDS and (self._tables or _is_of_article(element)):
            self._add(_value(element, tag))
        elif tag == "table":
            yield from self._flush()
            yield from self._table(element)
        elif tag in _INLINE:
            before = len(self._text)
            yield from self.read(element)
            if tag == "sup" or _RAISED.search(element.get("style", "")):
                self._text[before:] = [raised("".join(self._text[before:]))]
        else:
            yield from self._block(element, tag)
        self._depth -= 1

    def _block(self, element: _Element, tag: str) -> Iterator[Visible]:
        yield from self._flush()
        before = self._level
        self._level = _HEADINGS.get(tag, before)
        self._kept_spaces += tag in ("pre", "xmp", "listing")
        if tag in ("ol", "ul"):
            self._lists.append(_list(element, tag))
            yield from self.read(element)
            self._lists.pop()
        else:
            if tag == "li" and self._lists:
                self._text.append(_number(self._lists[-1], element))
            yield from self.read(element)
        yield from self._flush()
        self._kept_spaces -= tag in ("pre", "xmp", "listing")
        self._level = before

    def _flush(self) -> Iterator[Visible]:
        """The text since the last paragraph, a paragraph for each of its lines."""
        text, self._text = "".join(self._text), []
        self._unseen_before = len(self.unseen.pieces)
        if not text.strip():
            return
        for line in text.split("\x00"):
            shown = line.strip(" \n") if self._kept_spaces else _collapsed(line).strip(" ")
            if shown.strip():
                yield VisibleParagraph(shown, self._level)

    def _spaced(self, text: str | None) -> str:
        if not text:
            return ""
        text = text.replace("\xa0", " ").replace("\x00", "").replace("\u200b", "")
        return text.replace("\r", "").replace("\n", "\x00") if self._kept_spaces else text

    def _table(self, element: _Element) -> Iterator[Visible]:
        if self._tables >= MAX_NESTED_TABLES:
            self.is_too_deep = True
            return
        self._tables += 1
        level, self._level = self._level, 0
        table = _Table(self._hidden_columns(element))
        outer = self._look, self._reason
        for row, look in self._rows(element, self._look):
            table.next_row()
            for cell in row.iterchildren("td", "th"):
                said = self._styles.declarations(cell)
                if table.is_hidden(cell):
                    text = _collapsed(cell.text_content())
                    self.unseen.note(Reason.HIDDEN, text)
                    table.place(cell, (), doubt_of(Reason.HIDDEN, text) if text.strip() else "")
                elif not _is_left_out(cell, said):
                    self._count_cell()
                    self._look = look.inner(cell.tag, said)
                    self._reason = self._look.unseen()
                    mark = self._unseen_before = len(self.unseen.pieces)
                    outside, self._odd = self._odd, ""
                    self._note_odd(cell.tag, said)
                    contents = (*self.read(cell), *self._flush())
                    table.place(cell, contents, self.unseen.since(mark), self._odd)
                    self._odd = outside
                else:
                    self.unseen.note(Reason.HIDDEN, _collapsed(cell.text_content()))
        self._look, self._reason = outer
        self._level = level
        self._tables -= 1
        caption = next(element.iterchildren("caption"), None)
        if caption is not None and not _is_left_out(caption, self._styles.declarations(caption)):
            yield from self.read(caption)
            yield from self._flush()
        name, self._sheet = self._sheet, ""
        for visible in as_visible(table.settled()):
            if name and not self._tables and isinstance(visible, VisibleTable):
                yield replace(visible, name=name)
            else:
                yield visible

    def _rows(self, element: _Element, look: Look) -> Iterator[tuple[_Element, Look]]:
        """The rows that are shown, each with its look."""
        for inner in element.iterchildren():
            if not isinstance(inner.tag, str) or inner.tag not in _ROWS:
                continue
            said = self._styles.declarations(inner)
            if _is_left_out(inner, said) or said.get("visibility") == "collapse":
                self.unseen.note(Reason.HIDDEN, _collapsed(inner.text_content()))
            elif inner.tag == "tr":
                yield inner, look.inner("tr", said)
            else:
                yield from self._rows(inner, look.inner(inner.tag, said))

    def _hidden_columns(self, table: _Element) -> frozenset[int]:
        """The columns that the page's ``col`` says are hidden, as spreadsheets write it."""
        hidden: set[int] = set()
        column = 0
        groups = table.iterchildren("colgroup", "col")
        for one in (one for group in groups for one in (group.findall("col") or [group])):
            span = clamped(_whole(one.get("span"), 1))
            said = self._styles.declarations(one)
            is_hidden = said.get("display") == "none" or said.get("visibility") == "collapse"
            if is_hidden and column <= MAX_SPAN:
                hidden.update(range(column, column + span))
            column += span
        return frozenset(hidden)

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise too_large("文件里的表格")


def _span(cell: _Element, name: str) -> int:
    span = _whole(cell.get(name), 1)
    return clamped(span if span or name == "colspan" else MAX_SPAN)  # rowspan="0" is to the end


def _whole(written: str | None, default: int) -> int:
    """A number as browsers read it: the digits that an attribute begins with."""
    digits = _DIGITS.match(written or "")
    return int(digits[1]) if digits else default


def _is_foot(element: _Element) -> bool:
    """Whether it is a page's head or foot, as LibreOffice writes them before and behind all."""
    return bool(element.tag == "div" and element.get("title") in ("header", "footer"))


def _is_of_sheets(element: _Element) -> bool:
    """Whether it names a sheet over its table, or lists them all, as LibreOffice Calc saves a workbook."""
    if element.tag == "a":
        return bool(_SHEET.fullmatch(element.get("name") or (element.get("href") or "").removeprefix("#")))
    following = element.getnext()
    return element.tag == "h1" and following is not None and following.get("href") == "#table0"


def _sheet_name(element: _Element) -> str:
    return "".join(named.text_content() for named in element.iter("em")) if element.get("name") else ""


def _is_left_out(element: _Element, said: Declarations) -> bool:
    """Whether a browser shows nothing of it and leaves no room for it."""
    return element.get("hidden") is not None or said.get("display") == "none" or said.get("mso-hide") == "all"


_SHOWN_INPUTS = ("", "text", "number", "tel", "email", "url", "date", "month", "week", "time")
_SEARCHES = re.compile("search|keyword|query|sousuo")
_FIELDS = ("input", "textarea", "select")
_ROWS = ("tr", "thead", "tbody", "tfoot")


def _is_of_article(element: _Element) -> bool:
    """Whether a field outside tables is filled in by the office; a site's search and its links are not."""
    names = f"{element.get('name')} {element.get('id')} {element.get('class')}".lower()
    return element.tag != "select" and not _SEARCHES.search(names)


def _value(element: _Element, tag: str) -> str:
    """What a field of a form shows; nothing for those that are not seen or are no text."""
    if tag == "input":
        return element.get("value", "") if element.get("type", "").lower() in _SHOWN_INPUTS else ""
    if tag == "textarea":
        return str(element.text_content()).strip("\r\n")
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    return str((chosen or options)[-1 if chosen else 0].text_content()) if options else ""


def _is_decoration(element: _Element) -> bool:
    """Whether it is of no size, or beside a text that says what is meant."""
    if element.tag in ("meter", "progress", "math"):
        return False
    beside = element.getparent()
    if beside is None:
        return False
    own = "".join(element.itertext()).strip()
    return str(beside.text_content()).strip() != own


def _list(element: _Element, tag: str) -> _List:
    start = _whole(element.get("start"), 1)
    styled = _LIST_STYLE.search(element.get("style", ""))
    name = styled[1].lower() if styled else element.get("type", "")
    if tag == "ul" or name == "none":
        return _List("bullet", start)
    return _List(_LIST_STYLES.get(name, "decimal"), start)


def _number(counted: _List, element: _Element) -> str:
    """What a browser writes before an entry of a numbered list."""
    counted.number = _whole(element.get("value"), counted.number)
    shown = show_number(counted.number, counted.numbering)
    counted.number += 1
    if not shown:
        return ""
    return f"{shown}、" if counted.numbering == "chineseCounting" else f"{shown}. "


def _collapsed(text: str) -> str:
    """Line ends of the source are a space, between Chinese characters none."""
    return _BETWEEN_WIDE.sub("", _LINE_END.sub("\n", text)).replace("\n", " ").replace("\t", " ")
