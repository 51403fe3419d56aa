"""Texts to segments, by whole arrays: no Python call per word, posting or position."""
