"""Makes what a township gets: an installer and a portable folder for Windows, on Debian.

needs       Debian's programs
places      where things stand, and what they are called
commands    runs a program, and says in one line why it failed
runtime     CPython for Windows: fetched, its signatures verified
wheels      the locked packages for Windows
kept        what of all that a PC without a network needs
tree        the folder as it stands on the clerk's PC
dlls        which DLL imports which; none may be missing
bytecode    compiled beforehand by the very Python that will run it
launchers   reportdesk.exe and reportdesk-cli.exe
licences    the texts that are passed on
nsis_words  what NSIS says of itself, in Chinese
wizard      the picture beside the installer's words
installer   NSIS
wine        a made-up Windows, for bytecode and for trying/
portable    the .zip
leaflet     the clerk's page, as PDF
signing     whatever the signer's hook does
build       one after the other, and what came of it
"""
