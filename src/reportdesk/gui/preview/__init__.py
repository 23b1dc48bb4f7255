"""The pages of the PDF on the screen and on the printer."""
