"""What must hold: one function a rule, found by its code.

Importing this package registers every rule; ``engine`` runs them.
"""

from reportdesk.checks import arithmetic as arithmetic
from reportdesk.checks import requests_prose as requests_prose
from reportdesk.checks import disputes_prose as disputes_prose
from reportdesk.checks import disclosure_prose as disclosure_prose
from reportdesk.checks import lists_prose as lists_prose
