"""The index on disk: containers of arrays, segments made of them, and Whoosh's codec over both.

The format is described in docs/index-format.md.
"""
