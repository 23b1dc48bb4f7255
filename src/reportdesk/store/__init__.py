"""Where reports are kept: files on disk, whole or not at all."""
