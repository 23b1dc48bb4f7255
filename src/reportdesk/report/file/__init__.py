"""The .gknb file: reports and edits to bytes and back."""

REPORT_SUFFIX = ".gknb"
"""How the name of a report's file ends, and of the copy that a PDF carries."""
