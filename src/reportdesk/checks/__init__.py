"""What must hold: one function a rule, found by its code.

Importing this package registers every rule; ``engine`` runs them.
"""

from reportdesk.checks import arithmetic as arithmetic
