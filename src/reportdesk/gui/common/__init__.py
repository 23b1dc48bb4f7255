"""What several rooms of the window share: status line, questions, files, background jobs, the worker's client."""
