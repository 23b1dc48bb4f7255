"""The finishing of a workbook: what each formula gives, and the same bytes for the same report.

openpyxl writes formulas without their values, so that a previewer shows blanks, and stamps the
time into the file. Both are mended here, in the zip archive; nothing else of it is touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE, DCTERMS_NS
from openpyxl.xml.functions import tostring

from reportdesk.exports.archive import undated
from reportdesk.report.document import Value
from reportdesk.report.text.figures import show_figure

FormulaValues = Mapping[str, Value | None]
"""What the formula in each cell gives, by the cell's address; None where it shows blank."""

# The shape in which openpyxl writes a formula's cell, with lxml and without.
_FORMULA_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)</c>')


class UnfinishedWorkbookError(RuntimeError):
    """A formula was given no value: openpyxl writes cells otherwise than this module knows."""


def workbook_bytes(workbook: Workbook, values: Mapping[str, FormulaValues]) -> bytes:
    """The workbook as a file; ``values`` by sheet title has the value of every formula.

    Raises:
        UnfinishedWorkbookError: there is a formula without a value.
    """
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        ExcelWriter(workbook, archive).save()
    sheets = {sheet.path.lstrip("/"): values.get(sheet.title, {}) for sheet in workbook.worksheets}

    def finish(name: str, content: bytes) -> str | bytes:
        if name in sheets:
            return _with_values(content.decode(), sheets[name])
        return _without_times(workbook.properties) if name == ARC_CORE else content

    return undated(written, finish)


def _with_values(sheet_xml: str, values: FormulaValues) -> str:
    def fill_in(cell: re.Match[str]) -> str:
        address, attributes, formula = cell.groups()
        value = values[address]
        if value is None:
            return f'<c r="{address}"{attributes} t="str">{formula}<v></v></c>'
        return f'<c r="{address}"{attributes}>{formula}<v>{show_figure(value)}</v></c>'

    filled, count = _FORMULA_CELL.subn(fill_in, sheet_xml)
    if not count == len(values) == sheet_xml.count("<f>"):
        raise UnfinishedWorkbookError(f"{count} of {len(values)} values were put in")
    return filled


def _without_times(properties: DocumentProperties) -> str | bytes:
    """The properties without the moment of writing, which says nothing about the report."""
    tree = properties.to_tree()
    for moment in [child for child in tree if child.tag.startswith(f"{{{DCTERMS_NS}}}")]:
        tree.remove(moment)
    return tostring(tree)
