"""Articles: reading, decoding, cleaning, metadata, and the catalogue that keeps their identity."""
