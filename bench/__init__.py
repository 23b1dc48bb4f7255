"""Speed, measured against named peers and floors. Not part of the program."""
