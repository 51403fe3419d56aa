"""The statistical tagger's training: from labelled text to the files that ship."""
