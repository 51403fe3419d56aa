"""The words of an index, all at a time."""
