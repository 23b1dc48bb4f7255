"""What tools.build_language is made of: the sources, the list of words, characters that are mistaken, the model."""
