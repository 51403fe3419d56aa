"""The name book and the book of spellings: who bears which name, and which words are written in several ways."""
