"""The district's desk without its window: what came in, whose it is, where each unit stands.

Truth is a folder of files (``folder``): the round as JSON, the ledger, each parcel byte for byte.
All else (whose a file is, which version counts, what is to be asked) is worked out from these anew.
"""
