"""What every file needs before it is read: guards, limits, and what of it can be seen."""
