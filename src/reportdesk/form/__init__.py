"""What the form is: the tables and parts of one edition, read from ``resources/forms``.

Knows nothing of what an office filled in, of files of reports, or of any window.
"""
