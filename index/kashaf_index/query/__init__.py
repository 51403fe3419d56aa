"""The query language: parsing to a tree, and compiling the tree per rung."""
