"""reportdesk (年报台): fills, checks and prints the annual report on information disclosure.

This file answers for the version alone, so that importing the package costs nothing.
"""

__version__ = "0.1.0"
