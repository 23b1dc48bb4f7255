"""Where texts are that are not the project's own: measured, never kept."""

FOLDER = "REPORTDESK_BENCH_TEXTS"
"""The environment variable that names the folder of right texts, set by ``--texts``."""
