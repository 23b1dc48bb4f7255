"""What a file that was read becomes: a report, differences to the open one, a form that is handed out."""

FORM_SUFFIX = ".gkform"
"""How the name of a file of forms and rules ends that a district hands out."""
