"""Before a report is open: the start page, a new report, whose reports these are, the settings."""
