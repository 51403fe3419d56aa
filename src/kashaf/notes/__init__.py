"""Notes anchored to exact words of an article, kept in TinyDB on a durable storage."""
