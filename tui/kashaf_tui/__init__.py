"""Showing: the `kashaf` command and the full-screen explorer."""
