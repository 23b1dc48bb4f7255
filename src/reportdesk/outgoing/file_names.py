"""What the files and folders that are made of a report are called: the one place where names are built and cleaned.

Looks at no disk: which folder is the report's own, and what stands there, is ``submission_names``' and
``same_folder``'s. A folder's name begins with what it holds: 报送, 送审 or 导出. ``word`` is added where another
report would have the same folder.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportdesk.exports.formats import Format
    from reportdesk.form.spec import Form
    from reportdesk.report.document import Report

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_LONGEST = 66
"""Characters of a name: 198 bytes, and what is put before and after it, of the 255 that Linux takes."""
_BYTES_EACH = 3
"""Of a usual Chinese character in UTF-8; of those that take four there may be fewer."""
_LONGEST_UNIT = 40
"""Characters of a unit's name in names of files: with all that follows a name stays below 100."""


def safe_name(text: str, longest: int = _LONGEST) -> str:
    """The text as a file name that Windows takes; empty if nothing of it is left.

    It has at most that many characters, and in UTF-8 no more bytes than as many usual ones.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    cut = _FORBIDDEN.sub("_", visible)[:longest].encode()[: longest * _BYTES_EACH]
    name = cut.decode(errors="ignore").strip(" .")
    return f"_{name}" if _RESERVED.match(name) else name


def numbered(folder: Path, name: str, suffix: str = "") -> Iterator[Path]:
    """The path of that name in the folder, then 〈name〉 (2), (3) and on, each with the suffix."""
    yield folder / f"{name}{suffix}"
    yield from (folder / f"{name} ({number}){suffix}" for number in itertools.count(2))


# -- files


def report_stem(unit: str, year: str) -> str:
    """What a report's own file is called, less its suffix; empty while unit or year is not given."""
    return safe_name(f"{unit}{year}年年报") if unit and year else ""


def export_stem(form: Form, report: Report) -> str:
    """The title as the name of an exported file, less its suffix."""
    return safe_name("".join(report.title_lines(form))) or form.report_name


def export_name(wanted: Format, form: Form, report: Report) -> str:
    """What the report's file in that format is called."""
    return f"{export_stem(form, report)}{wanted.adds}{wanted.suffix}"


def handed_in_stem(report: Report) -> str:
    """〈单位〉〈年〉年 and what such a report is called, the year at its end however long the unit."""
    from reportdesk.form.load import load_form

    year = f"{report.year}年" if report.year else ""
    return safe_name(f"{_unit(report)}{year}{load_form(report.edition).report_name}")


# -- folders


def exports_folder(report: Report, word: str = "") -> str:
    """导出-〈单位〉〈年〉."""
    return f"导出-{_title_and_year(report) or '年报'}{word}"


def former_exports_folder(report: Report, word: str = "") -> str:
    """What 0.2.0 and before called it."""
    return f"{_title_and_year(report, '年年报导出') or '年报导出'}{word}"


def hand_in_folder(report: Report, word: str = "") -> str:
    """报送-〈单位〉〈年〉."""
    return f"报送-{_whose(report) or '年报'}{word}"


def former_hand_in_folder(report: Report, word: str = "") -> str:
    """What 0.2.0 and before called it."""
    return f"{_whose(report) or '年报报送'}{word}"


def papers_folder(report: Report, word: str = "") -> str:
    """送审-〈单位〉〈年〉."""
    return f"送审-{_whose(report) or '年报'}{word}"


def former_papers_folder(report: Report, word: str = "") -> str:
    """What 0.2.0 and before called it."""
    return f"内部-{_whose(report) or '年报报送'}{word}"


def _title_and_year(report: Report, more: str = "") -> str:
    return safe_name(f"{report.name_in_title()}{report.year or ''}{more}")


def _whose(report: Report) -> str:
    return safe_name(f"{_unit(report)}{report.year or ''}")


def _unit(report: Report) -> str:
    return safe_name(" ".join(report.name_in_title().split()), _LONGEST_UNIT)
