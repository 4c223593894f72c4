"""From a stretch of words to who is responsible: where it is said, and how it is read into names and roles."""
