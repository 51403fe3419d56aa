"""People, places, organisations, dates, numbers and quotations in articles.

`book` knows who bears which name; `tagger` and `rules` find names, `values` dates and numbers, `quotes` what was
said; `mentions` puts an article's reading together. `tables` keeps the readings of a corpus, `linking` says which of
its names are one, `statements` lines up dates and figures.
"""
