"""The .gknb file: reports and edits to bytes and back."""
