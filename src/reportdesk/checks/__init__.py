"""What must hold: one function a rule, found by its code.

Importing this package registers every rule; ``engine`` runs them.
"""

from reportdesk.checks import arithmetic as arithmetic
from reportdesk.checks import requests_prose as requests_prose
from reportdesk.checks import disputes_prose as disputes_prose
from reportdesk.checks import disclosure_prose as disclosure_prose
from reportdesk.checks import lists_prose as lists_prose
from reportdesk.checks import last_year as last_year
from reportdesk.checks import unit as unit
from reportdesk.checks import title as title
from reportdesk.checks import content as content
from reportdesk.checks import punctuation as punctuation
from reportdesk.checks import whose as whose
