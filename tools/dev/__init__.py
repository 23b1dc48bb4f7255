"""What stands behind dev.py. Standard library only: it runs before the environment exists.

places      where things stand in the working copy, and how a foreseeable failure is told
debian      the system libraries and programs that Qt and the tests need
environment .venv, made from the locks
locks       requirements/*.txt, made from pyproject.toml
licences    which licences an installed package may have
quality     format, lint, types, architecture and licences, one line each
commands    the command line
"""
