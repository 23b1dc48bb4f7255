"""Text, numbers and days as clerks write them."""
