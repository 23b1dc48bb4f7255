"""How a report looks on paper: neutral blocks, the official style, and the files made of them.

Returns bytes; putting them on a disk, whole or not at all, is ``reportdesk.store``'s.
"""
