"""Names by a conditional random field over words, clusters and gazetteers."""
