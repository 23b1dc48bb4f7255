"""The report as a workbook, and the blank form to be filled in."""
