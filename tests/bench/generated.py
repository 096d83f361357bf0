"""Articles made up from a seed: as many as are wanted, for what no public set is large enough for."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

_WORDS = 30_000  # about as many as a year of a newspaper has that are not names
_PASSAGES_AN_ARTICLE = 9  # of the evaluation's articles: 243,662 passages of 26,632
_WORDS_A_SENTENCE = 18
_SENTENCES_A_PASSAGE = 10
_SYLLABLES = [a + b for a in "b c d f g h k l m n p r s t v w".split() for b in ("a", "e", "i", "o", "u", "ar", "en")]


def write_dump(path: Path, passages: int, seed: int = 1) -> int:
    """Write a JSONL dump of articles that are cut to about so many passages; returns how many articles."""
    articles = max(1, round(passages / _PASSAGES_AN_ARTICLE))
    with path.open("w", encoding="utf-8") as file:
        for article in _articles(articles, seed):
            file.write(json.dumps(article) + "\n")
    return articles


def _articles(number: int, seed: int) -> Iterator[dict[str, str]]:
    drawn = np.random.default_rng(seed)
    words = _vocabulary(drawn)
    often = 1 / np.arange(1, _WORDS + 1)  # Zipf's law
    reached = np.cumsum(often / often.sum())
    for which in range(number):
        size = _PASSAGES_AN_ARTICLE * _SENTENCES_A_PASSAGE
        picked = words[np.searchsorted(reached, drawn.random((size, _WORDS_A_SENTENCE)) * reached[-1])]
        sentences = [" ".join(row).capitalize() + f" {int(drawn.integers(2, 9_999))}." for row in picked]
        paragraphs = ["  ".join(sentences[start : start + 5]) for start in range(0, size, 5)]
        day = np.datetime64("2015-01-01") + int(drawn.integers(0, 4_000))
        title = " ".join(picked[0][:8]).capitalize()
        yield {"id": f"made-{seed}-{which}", "title": title, "published": str(day), "text": "\n\n".join(paragraphs)}


def _vocabulary(drawn: np.random.Generator) -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    syllables = np.array(_SYLLABLES)
    lengths = drawn.integers(1, 5, _WORDS * 2)
    made = dict.fromkeys("".join(drawn.choice(syllables, length)) for length in lengths)
    while len(made) < _WORDS:
        made["".join(drawn.choice(syllables, 5))] = None
    return np.array(list(made)[:_WORDS])
