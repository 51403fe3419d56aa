"""Names by rule: the book's surfaces, cue words, and what an article itself has taught."""
