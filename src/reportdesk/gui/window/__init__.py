"""The program's window: its start, menus, and what they do; the only room that knows all others of the window."""
