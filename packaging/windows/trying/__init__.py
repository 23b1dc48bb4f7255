"""Tries the installer as a clerk's PC would, under Wine; run by check.py.

pc          a made-up Windows with a clerk, and what Wine lacks put in by stubs of our own
screen      a display: pictures, mouse and keys
figures     what was measured
conftest    the PC, the screen and the installed program, for the tests
test_*      what must hold, in the order of the files' names
"""
