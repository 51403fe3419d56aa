"""What was read out of the articles of a corpus, kept beside the index."""
