"""The short answer: the stretch of a chosen sentence that says just what was asked."""
