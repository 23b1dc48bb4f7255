"""The open report: the one doorway for changes, with undo, totals and findings. No Qt."""
