"""Programs for those who work on reportdesk; nothing here is shipped."""
