"""Reading what prose claims: numbers, what they count, whose and of which year.

Knows words and grammar, no table and no rule; ``checks`` compares the claims.
"""
