"""Names of different articles that are one: variant spellings, each link with its reason."""
