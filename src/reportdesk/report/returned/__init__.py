"""What the district sends back: the .gkback file, whose it is, and where its remarks stand in a report that has changed."""

RETURN_SUFFIX = ".gkback"
"""How the name of a return's file ends."""
