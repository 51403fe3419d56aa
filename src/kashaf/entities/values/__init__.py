"""Dates and numbers in Arabic text, with what they are worth."""
