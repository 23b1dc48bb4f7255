"""Rules on numbers: those of tables, and those of prose against the tables."""
