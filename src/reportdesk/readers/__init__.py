"""What comes in: any file that shows a report is read into a proposal, never into a report at once.

A format's reader says what is visible in its file (``visible``); what that means in the form's
terms is found by one recogniser for all formats, by labels and not by position.
"""
