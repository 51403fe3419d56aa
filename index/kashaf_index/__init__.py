"""Finding: the index, its generations, and Arabic-aware search over it."""
