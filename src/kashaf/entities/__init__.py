"""People, places and organisations: the name book and the mentions of its names in articles."""
