"""What the checks found and what is still open, in lists that lead there; and having the checks run."""
