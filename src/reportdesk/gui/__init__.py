"""What the clerk sees: the only package that imports PySide6."""
