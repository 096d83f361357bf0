"""Questions and articles in German, French, Spanish, Italian, Portuguese and Dutch: answered by their words alone."""
