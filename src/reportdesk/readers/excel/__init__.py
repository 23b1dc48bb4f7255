"""Workbooks, .xlsx and .xls: their bytes to what can be seen."""
