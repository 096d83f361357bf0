"""Why there is no answer, in a sentence for people. Light to import."""

REASONS = {
    "contradicted": "The articles say the opposite of what the question takes for granted.",
    "no_match": "Nothing in them bears on the question.",
    "weak_evidence": "What bears on the question doesn't answer it.",
    "unverified": "An answer was written, but the articles don't support it.",
}
