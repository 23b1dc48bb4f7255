"""What the program keeps for itself on this PC: lists, settings, profile, drafts."""
