"""Which documents a query matches, how often, and in which order: arrays over all documents of a generation."""
