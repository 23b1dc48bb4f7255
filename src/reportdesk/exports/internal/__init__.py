"""The office's own papers: review sheet, draft for review, list of changes."""
