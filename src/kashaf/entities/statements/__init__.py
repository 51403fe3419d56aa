"""What the articles of a set say happened when, and which figures they give for one thing: pure functions of rows."""
