"""A clipboard's contents on their way into a table and out of one."""
