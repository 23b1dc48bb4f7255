"""Reads the tags of a PDF for tests, and says what a validator would find wrong with them."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
import pypdf

_HOLDS = {
    "Document": {"H1", "H2", "H3", "P", "Table"},
    "Table": {"THead", "TBody", "TR"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
}
"""Which structure types may stand below which; any other holds content only."""
_HEADINGS = ("H1", "H2", "H3")
Content = tuple[int, int]
"""A page, counted from 0, and the number of marked content on it."""


@dataclass
class Tagged:
    """An element with what it holds."""

    kind: str
    reference: Any
    attributes: dict[str, Any]
    kids: list[Tagged] = field(default_factory=list)
    content: list[Content] = field(default_factory=list)
    parent: Any = None

    def all(self) -> Iterator[Tagged]:
        yield self
        for kid in self.kids:
            yield from kid.all()


class Structure:
    """A PDF's elements, and the text of its marked content."""

    def __init__(self, file: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(file))
        drawn: Any = self.reader.pages
        self._pages = {page.indirect_reference.idnum: number for number, page in enumerate(drawn)}
        self.catalog: Any = self.reader.root_object
        self.tree: Any = self.catalog["/StructTreeRoot"]
        self.root = self._element(_first(self.tree))
        self.text: dict[Content, str] = defaultdict(str)
        self.spelled = [
            bytes.fromhex(text).decode("utf-16")
            for page in self.reader.pages
            for text in re.findall(r"/ActualText <(\w+)>", operators(page))
        ]
        self.unmarked: list[str] = []
        self.artifacts: list[str] = []
        with pdfplumber.open(io.BytesIO(file)) as pdf:
            for number, page in enumerate(pdf.pages):
                self._read(number, page)

    def _read(self, number: int, page: pdfplumber.page.Page) -> None:
        for char in page.chars:
            if char["mcid"] is not None:
                self.text[number, char["mcid"]] += char["text"]
            elif char["tag"] == "Artifact":
                self.artifacts.append(char["text"])
            else:
                self.unmarked.append(char["text"])
        drawn = [*page.lines, *page.rects, *page.curves]
        self.unmarked += [str(one["object_type"]) for one in drawn if one["tag"] != "Artifact"]

    def _element(self, reference: Any) -> Tagged:
        entries = reference.get_object()
        kinds = {key: value for key, value in entries.get("/A", {}).items() if key != "/O"}
        element = Tagged(str(entries["/S"])[1:], reference, kinds, parent=entries.raw_get("/P"))
        kids = entries.raw_get("/K") if "/K" in entries else []
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, pypdf.generic.IndirectObject):
                element.kids.append(self._element(kid))
            elif isinstance(kid, int):
                element.content.append((self._pages[entries.raw_get("/Pg").idnum], int(kid)))
            else:
                element.content.append((self._pages[kid.raw_get("/Pg").idnum], int(kid["/MCID"])))
        return element

    def says(self, element: Tagged) -> str:
        """The text that an element holds, in the order of its content."""
        return "".join(self.text[content] for one in element.all() for content in one.content)

    def faults(self) -> list[str]:
        """What a validator of PDF/UA-1 and PDF/A-3a would find wrong."""
        return [
            *(f"not marked: {what}" for what in self.unmarked),
            *self._faults_of_places(),
            *self._faults_of_parents(),
            *(fault for table in self.of_kind("Table") for fault in _faults_of_table(table)),
            *_faults_of_headings([element.kind for element in self.root.all() if element.kind in _HEADINGS]),
        ]

    def of_kind(self, kind: str) -> list[Tagged]:
        """All elements of that kind, in reading order."""
        return [element for element in self.root.all() if element.kind == kind]

    def _faults_of_places(self) -> Iterator[str]:
        for element in self.root.all():
            for kid in element.kids:
                if kid.kind not in _HOLDS.get(element.kind, set()):
                    yield f"{kid.kind} in {element.kind}"
                if kid.parent != element.reference:
                    yield f"{kid.kind} says another parent"
            if element.content and element.kind in _HOLDS:
                yield f"{element.kind} holds text"
            if not element.kids and not element.content and element.kind not in ("TD", "Document"):
                yield f"empty {element.kind}"
        if self.root.parent != self.catalog.raw_get("/StructTreeRoot"):
            yield "the document's parent is not the tree"

    def _faults_of_parents(self) -> Iterator[str]:
        held = [(content, element) for element in self.root.all() for content in element.content]
        if len({content for content, _ in held}) != len(held):
            yield "content held twice"
        yield from (f"not held: {text}" for content, text in self.text.items() if content not in dict(held))
        numbers = self.tree["/ParentTree"]["/Nums"]
        parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
        for number, page in enumerate(self.reader.pages):
            marked = {mcid: element.reference for (at, mcid), element in held if at == number}
            way_back = dict(enumerate(parents.get(page.get("/StructParents"), [])))
            if marked != way_back:
                yield f"page {number}: the parent tree leads elsewhere"
        if self.tree["/ParentTreeNextKey"] != len(parents):
            yield "wrong next key"


def _first(tree: Any) -> Any:
    return tree["/K"][0]


def operators(page: pypdf.PageObject) -> str:
    """What draws a page."""
    content: pypdf.generic.StreamObject = page["/Contents"].get_object()  # type: ignore[assignment]
    return content.get_data().decode("latin-1")


def _faults_of_headings(kinds: list[str]) -> Iterator[str]:
    above = 0
    for kind in kinds:
        level = int(kind[1:])
        if level > above + 1:
            yield f"{kind} after H{above}"
        above = level


def _faults_of_table(table: Tagged) -> Iterator[str]:
    """Every row must cover the same columns once, whatever reaches down from above."""
    rows = [element for element in table.all() if element.kind == "TR"]
    covered: dict[tuple[int, int], Tagged] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row.kids:
            while (number, column) in covered:
                column += 1
            down, across = (int(cell.attributes.get(name, 1)) for name in ("/RowSpan", "/ColSpan"))
            for place in [(number + y, column + x) for y in range(down) for x in range(across)]:
                if place in covered:
                    yield f"two cells at {place}"
                covered[place] = cell
            if cell.kind == "TH" and cell.attributes.get("/Scope") not in ("/Row", "/Column"):
                yield f"no scope at {(number, column)}"
            if cell.kind == "TD" and "/Scope" in cell.attributes:
                yield f"a scope at {(number, column)}"
    height, width = len(rows), 1 + max(column for _, column in covered)
    if len(covered) != height * width or max(row for row, _ in covered) >= height:
        yield "the table is not regular"
