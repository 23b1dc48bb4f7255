"""退回 files: those that a district sends, and those that came here."""
