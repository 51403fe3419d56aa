"""Notes carried out of the workspace and back in; every format is deterministic."""
