"""Importing: files of other programs and form packages of a district, shown before they are taken in."""
