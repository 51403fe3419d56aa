"""Kashaf's core: what an article, an entity and a note are. Knows no screen and no search engine."""

__version__ = "0.1.0"
