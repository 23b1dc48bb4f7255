"""What must hold: one function a rule, found by its code.

``engine`` runs the rules; ``catalogue`` is the list of modules in which they stand.
"""
