"""Rules on names: other units, places, organs, superiors, persons."""
