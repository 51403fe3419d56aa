"""What is wrong with an index, and what to do about it."""
