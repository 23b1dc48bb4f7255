"""What is mistyped: words of the language, fixed phrases, words that are mistaken for others.

``lexicon`` parts text into words; ``phrases``, ``confusables`` and ``doubled`` look for one kind of mistake
each. No rule stands here.
"""
