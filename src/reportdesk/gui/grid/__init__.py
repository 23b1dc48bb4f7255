"""A table of the form as a spreadsheet: keys, selection, clipboard, how cells look."""
