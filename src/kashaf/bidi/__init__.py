"""The Unicode Bidirectional Algorithm, Arabic shaping, and layout into terminal cells."""
