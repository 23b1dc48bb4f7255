"""Reads workbooks, ours and anybody's: .xlsx, .xlsm, .xls, .et, each by calamine and guarded before.

What a sheet shows is taken: the values of formulas that were kept, never computed here; numbers as
their format shows them; nothing of hidden sheets, rows and columns. Macros are named and never run.
"""

from __future__ import annotations

import functools
import io
import posixpath
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reportdesk.readers.excel.conditional_formats import Changes, read_changes
from reportdesk.readers.excel.sheet import (
    Sheet,
    is_office_sheet,
    note_unseen,
    office_sheet,
    show_sheet,
    tell_hidden,
)
from reportdesk.readers.excel.styles import CellStyle, cell_styles
from reportdesk.readers.excel.texts import rich_strings
from reportdesk.readers.excel.xls_records import old_marks
from reportdesk.readers.excel.xlsx_formatting import BookMarks, SheetMarks, read_marks
from reportdesk.readers.files.assemble import within_limits
from reportdesk.readers.files.limits import MAX_FILE, MAX_SHEETS
from reportdesk.readers.files.properties import core_properties
from reportdesk.readers.files.refusals import broken, protected, too_large
from reportdesk.readers.files.safe_xml import named, parse_part
from reportdesk.readers.files.safe_zip import Archive, open_archive
from reportdesk.readers.files.unseen import Unseen
from reportdesk.readers.files.visible import OfficeSheet, Seen, UnreadableError, Visible

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_Contents = tuple[list[Visible], list[str], list[OfficeSheet]]

_ZIP = b"PK"
_BOOK, _STYLES, _TEXTS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_LARGE_STYLES = 1 << 16
"""Bytes of a part of styles beyond which it is not kept."""
_MACROS = "xl/vbaProject.bin"
_MACROS_SAY = "文件里有宏，没有运行，也没有读取。"


def read_excel(content: bytes) -> Seen:
    """All that a workbook shows, sheet by sheet.

    Raises:
        UnreadableError: it is damaged, protected, too large, or made to do harm.
    """
    if len(content) > MAX_FILE:
        raise too_large("文件")
    if content.startswith(_ZIP):
        return _read_new(content)
    old = old_marks(content)
    workbook = _open(content)
    names = [sheet.name for sheet in workbook.sheets_metadata]
    contents, passed_over, offices = _contents(workbook, dict(zip(names, old.sheets, strict=False)))
    return Seen(
        within_limits(contents),
        (*passed_over, *([_MACROS_SAY] if old.has_macros else [])),
        offices=tuple(offices),
    )


def _read_new(content: bytes) -> Seen:
    archive = open_archive(content)
    parts = _sheet_parts(archive)
    _refuse_many(len(parts))
    styles, changes = _styles(archive.read(_STYLES) if _STYLES in archive else b"")
    book = BookMarks(styles, rich_strings(archive, _TEXTS), changes)
    marks = {name: read_marks(archive, part, book) for name, part in parts.items()}
    properties = core_properties(archive)
    archive.prove()
    contents, passed_over, offices = _contents(_open(content), marks)
    macros = [_MACROS_SAY] if _MACROS in archive else []
    return Seen(
        within_limits(contents), (*passed_over, *macros), properties=properties, offices=tuple(offices)
    )


def _styles(part: bytes) -> tuple[Sequence[CellStyle], Changes]:
    """What the part says of cells' styles and of what conditional formats make of them."""
    return _known_styles(part) if len(part) <= _LARGE_STYLES else _read_styles(part)


def _read_styles(part: bytes) -> tuple[Sequence[CellStyle], Changes]:
    root = parse_part(part) if part else None
    styles = cell_styles(root)
    return styles, read_changes(root, styles)


_known_styles = functools.lru_cache(maxsize=8)(_read_styles)
"""Kept, since all workbooks that one program made from one form have the same, ours too."""


def _contents(workbook: CalamineWorkbook, marks: Mapping[str, SheetMarks]) -> _Contents:
    """What all sheets show, what is not read of them, and the sheets of offices."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = workbook.sheets_metadata
    _refuse_many(len(sheets))
    contents: list[Visible] = []
    passed_over: list[str] = []
    offices: list[OfficeSheet] = []
    uncomputed: list[str] = []
    unseen = Unseen()
    for sheet in sheets:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            passed_over.append(f"工作表“{sheet.name}”是隐藏的，没有读取。")
            continue
        mark = marks.get(sheet.name, SheetMarks())
        shown = _sheet(workbook, sheet.name, mark)
        if is_office_sheet(shown):
            offices.append(office_sheet(shown))
        else:
            contents += show_sheet(shown)
        note_unseen(shown, unseen)
        if hidden := tell_hidden(shown):
            passed_over.append(hidden)
        if mark.uncomputed:
            uncomputed.append(
                f"工作表“{sheet.name}”里有 {len(mark.uncomputed)} 个公式没有保存计算结果，没有读取。"
                "请用 Excel 或 WPS 打开，保存后再导入。"
            )
    if not offices:  # where there are any, the sums are ours
        passed_over += uncomputed
    return contents, [*passed_over, *unseen.says()], offices


def _sheet(workbook: CalamineWorkbook, name: str, marks: SheetMarks) -> Sheet:
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception as error:  # calamine raises many kinds, and a panic of Rust is none of Exception's own
        raise broken() from error
    for (row, column), shown in marks.texts.items():  # what calamine gives of an error value is nothing
        if row < len(rows) and column < len(rows[row]) and rows[row][column] == "":
            rows[row][column] = shown.parted(None)[0]
    return Sheet(name, rows, sheet.merged_cell_ranges or [], marks)


def _open(content: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise protected() from error
    except (CalamineError, OSError, ValueError) as error:
        raise broken() from error


def _refuse_many(count: int) -> None:
    if count > MAX_SHEETS:
        raise UnreadableError(
            f"文件有 {count} 张工作表，最多读 {MAX_SHEETS} 张。请把年报的几张表另存为一个文件再导入。"
        )


def _sheet_parts(archive: Archive) -> dict[str, str]:
    """Where each sheet stands in the archive, by its name."""
    if _BOOK not in archive:
        raise broken()
    relations = f"{posixpath.dirname(_BOOK)}/_rels/{posixpath.basename(_BOOK)}.rels"
    targets = {
        relation.get("Id"): _target(relation.get("Target", ""))
        for relation in (parse_part(archive.read(relations)) if relations in archive else ())
    }
    found: dict[str, str] = {}
    for sheet in named(parse_part(archive.read(_BOOK)), "sheet"):
        relation = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        part = targets.get(relation)
        if part in archive:
            found[sheet.get("name", "")] = str(part)
    return found


def _target(target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(_BOOK), target))
