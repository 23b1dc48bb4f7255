"""Rules on what a report must hold and say: its shape, days, unit, last year's and others' texts."""
