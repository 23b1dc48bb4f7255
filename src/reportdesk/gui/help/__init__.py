"""What the clerk reads about the program: help, about, diagnostics."""
