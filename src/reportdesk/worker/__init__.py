"""The resident second process that does the long work of the window; knows no Qt.

protocol  frames on a pipe, told apart and refused when malformed
messages  what is asked and answered in frames, typed, for both ends
tasks     what each kind of request does
pictures  a PDF's pages as pixels
limits    how much memory this process may take
serve     the loop: one request after the other until the pipe ends
"""
