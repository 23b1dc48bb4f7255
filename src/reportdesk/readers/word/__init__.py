"""Word files, .docx and .doc: their bytes to what can be seen."""
