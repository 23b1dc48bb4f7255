"""Tags a PDF's pages: which of their text belongs to which element (ISO 32000-1, 14.7 and 14.8).

Gives out the numbers of marked content while pages are drawn, and at the end writes the tree of
elements and the way back from each number to its element. What the elements are is ``structure``'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObjectReference

from reportdesk.exports.structure import Artifact, Element, Owner

END = "EMC"


class Tags:
    """The marked content of a document's pages, by element and by page."""

    def __init__(self) -> None:
        self._content: dict[Element, list[tuple[int, int]]] = {}
        self._pages: list[list[Element]] = []

    def turn(self) -> None:
        """A new page begins."""
        self._pages.append([])

    def begin(self, owner: Owner, says: str = "") -> str:
        """The operator that begins content of this owner, which says this text if any.

        Such content is not put within another of the same element: poppler would lose what follows it.
        """
        spelled = f" /ActualText <feff{says.encode('utf-16-be', 'surrogatepass').hex()}>" if says else ""
        if isinstance(owner, Artifact):
            return f"/Artifact <</Type /{owner.value}{spelled}>> BDC"
        page = self._pages[-1]
        number = len(page)
        page.append(owner)
        self._content.setdefault(owner, []).append((len(self._pages) - 1, number))
        return f"/{'Span' if says else owner.kind.value} <</MCID {number}{spelled}>> BDC"

    def write(self, document: Any, root: Element) -> None:
        """Put the tree of elements into reportlab's document, whose pages are all drawn."""
        elements = list(_with_kids(root, None))
        tree = document.objectcounter + 1
        number_of = {element: tree + place for place, (element, _) in enumerate(elements, start=1)}
        pages = [_number(document, page) for page in document.Pages.pages]
        parents = " ".join(
            f"{page} [{' '.join(f'{number_of[element]} 0 R' for element in marked)}]"
            for page, marked in enumerate(self._pages)
        )
        document.Reference(
            f"<</Type /StructTreeRoot /K [{number_of[root]} 0 R] "
            f"/ParentTree <</Nums [{parents}]>> /ParentTreeNextKey {len(self._pages)}>>",
            _TREE,
        )
        for element, parent in elements:
            above = tree if parent is None else number_of[parent]
            kids = [f"{number_of[kid]} 0 R" for kid in element.kids]
            written = _element(element, above, kids, [(pages[at], n) for at, n in self._of(element)])
            document.Reference(written.encode("ascii"), f"element {number_of[element]}")  # bytes are quick
        self._announce(document)

    def _of(self, element: Element) -> list[tuple[int, int]]:
        return self._content.get(element, [])

    def _announce(self, document: Any) -> None:
        """Say in catalog and pages that the file is tagged."""
        catalog = document.Catalog
        catalog.StructTreeRoot = PDFObjectReference(_TREE)
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        for number, page in enumerate(document.Pages.pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = number
            page.Tabs = PDFName("S")


_TREE = "structure tree"


def _with_kids(element: Element, parent: Element | None) -> Iterator[tuple[Element, Element | None]]:
    """The element and all below it in reading order, each with the one that it is part of."""
    yield element, parent
    for kid in element.kids:
        yield from _with_kids(kid, element)


def _number(document: Any, page: Any) -> int:
    """The number of a page's object."""
    number: int = document.idToObjectNumberAndVersion[document.Reference(page).name][0]
    return number


def _element(element: Element, above: int, kids: list[str], content: list[tuple[int, int]]) -> str:
    """An element as PDF has it; content on another page than its first says on which."""
    first = content[0][0] if content else 0
    kids += [
        str(number) if page == first else f"<</Type /MCR /Pg {page} 0 R /MCID {number}>>"
        for page, number in content
    ]
    entries = [f"/S /{element.kind.value} /P {above} 0 R"]
    if content:
        entries.append(f"/Pg {first} 0 R")
    if len(kids) == 1:
        entries.append(f"/K {kids[0]}")
    elif kids:
        entries.append(f"/K [{' '.join(kids)}]")
    attributes = [
        f"/{name} {value}"
        for name, value, usual in (
            ("Scope", f"/{element.scope.value}" if element.scope else "", ""),
            ("RowSpan", element.row_span, 1),
            ("ColSpan", element.column_span, 1),
        )
        if value != usual
    ]
    if attributes:
        entries.append(f"/A <</O /Table {' '.join(attributes)}>>")
    return f"<<{' '.join(entries)}>>"
