"""How large a file may be that is read, and of what it may hold how much.

Far beyond any report and far below what takes a PC's memory. ``docs/limits.md`` tells of them;
time and memory are the worker's to watch (``worker/limits.py``).
"""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

MAX_FILE = 64 * MEBIBYTE
"""Bytes of any file; reports with photographs and scanned seals take a few."""

MAX_PAGE = 8 * MEBIBYTE
"""Bytes of a web page or of plain text; a page saved from Word's worst markup takes two."""

MAX_ENTRIES = 4_000
"""Files in an archive; a Word file with many pictures has some hundred."""

MAX_UNPACKED = 192 * MEBIBYTE
"""Bytes of everything in an archive, unpacked."""

MAX_PART = 24 * MEBIBYTE
"""Bytes of one file of XML in an archive."""

MAX_RATIO = 200
"""How often smaller packing may make an entry; XML shrinks 10 to 40 times, a bomb 1000 times."""

RATIO_FROM = MEBIBYTE
"""Below this size an entry may shrink as it likes: a blank form's sheet is mostly repetition."""

MAX_DEPTH = 200
"""Levels of nesting in XML; Word's deepest nested tables and shapes take some 60."""

MAX_ELEMENTS = 400_000
"""Elements of one XML part or page."""

MAX_ATTRIBUTES = 1_200_000

MAX_PARAGRAPHS = 20_000
"""Paragraphs taken from one file; a report has some hundred."""

MAX_TEXT = 2_000_000
"""Characters taken from one file; a report has ten thousand."""

MAX_CELLS = 100_000
"""Cells taken from one file; the form has 500."""

MAX_TABLES = 500

MAX_SHEETS = 100
"""Sheets of a workbook; one with a sheet for each of a county's offices has some sixty."""

MAX_AREA = 1_000_000
"""Places between a sheet's first and last used cell: a library makes them all at once."""

MAX_SPAN = 200
"""Columns or rows that one cell may cover; what claims more is taken for this many."""

MAX_NESTED_TABLES = 8
"""Tables within tables; deeper ones are named and not read."""

MAX_PDF_PAGES = 60
"""Pages of a PDF; a township's report has six, a province's with all its annexes forty."""

MAX_PAGE_CHARACTERS = 20_000
"""Characters of one page of a PDF; a page of small print has five thousand."""
