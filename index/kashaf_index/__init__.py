"""Finding: the Whoosh index, its generations, and Arabic-aware search over it."""
