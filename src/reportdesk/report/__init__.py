"""What an office filled in: numbers, prose, remarks, and the only way to change them.

Knows the form; knows no disk, no check and no window.
"""
