"""People, places and organisations: the name book and the mentions of its names in articles.

`namebook` knows who bears which name, `mentions` finds names in an article, `store` keeps the mentions of a corpus.
"""
