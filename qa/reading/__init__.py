"""Reading: windows of articles beside a question, and the words in them that answer it."""
