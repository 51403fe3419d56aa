"""Generations of the index: what they consist of, and how the next one is put together."""
