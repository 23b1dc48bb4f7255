"""What can be seen, to cells: rows and columns of tables by the form's labels."""
