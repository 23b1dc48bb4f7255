"""What a file that was read becomes: a report, differences to the open one, a form that is handed out."""
