"""PDF files: their pages to what can be seen."""
