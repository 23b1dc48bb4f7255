"""Web pages and plain text: their bytes to what can be seen."""
