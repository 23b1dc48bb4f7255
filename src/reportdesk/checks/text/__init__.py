"""Rules on the text as text: punctuation, pasting, what is missing, words mistyped."""
