"""Where the open report is kept: file, journal, versions, recovery."""
