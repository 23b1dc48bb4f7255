"""That nothing is lost: saving, recovery, versions, renamed and missing files, the list of reports."""
