"""Exporting and 报送: asking, making, and saying which file goes where."""
