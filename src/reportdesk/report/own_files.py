"""What the program writes into its own files to be known by when they are read again.

Exporters write these words and readers look for them; neither knows the other. They are in files that
people have: a word that is changed here is no longer found in those.
"""

from __future__ import annotations

from reportdesk import __version__

PROGRAM = "年报台"
MADE_BY = f"{PROGRAM} {__version__}"
"""What a file's properties name as the program that made it."""

# -- the workbook

TITLE_LABEL, HEADING_LABEL, PARAGRAPH_LABEL, CONTINUED_LABEL = "标题", "小标题", "正文", "接上行"
"""What stands beside the lines of its sheets of prose."""
OFFICE_MARK = "科室填报"
"""Begins an office's sheet, in A1: what is on it is a part of the report's numbers, not the report."""

# -- the Word file

TITLE_STYLE, GAP_STYLE = "Title", "表后空行"
"""The names of the styles of the title and of the line below a table."""

# -- papers of the office

REVIEW_SHEET, CHANGES_SHEET, DRAFT = "审核单", "修改对照单", "送审稿"
