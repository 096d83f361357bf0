"""Why there is no answer, and what became of a quote since, in a sentence for people. Light to import."""

REASONS = {
    "contradicted": "The articles say the opposite of what the question takes for granted.",
    "no_match": "Nothing in them bears on the question.",
    "weak_evidence": "What bears on the question doesn't answer it.",
    "unverified": "An answer was written, but the articles don't support it.",
}

STANDING: dict[str, str] = {
    "moved": "these words have moved in the article since",
    "changed": "these words are no longer in the article",
}
"""What is said beside a quote to people; nothing where its words are intact."""
