"""Setting text in faces: fonts, widths, line breaks. Knows no file format."""
