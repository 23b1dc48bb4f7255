"""The open report's pages: sections, front page, where it stands in the office, what stands beside it."""
