"""The articles, their passages and the questions that the benchmarks run on."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from vectorstore.chunking import cut_passages
from vectorstore.readers import read_paths
from vectorstore.records import Article


@dataclass(frozen=True, slots=True)
class Material:
    """dump: the articles' file; texts: every passage as it is embedded and indexed, its title before it."""

    dump: Path
    articles: tuple[Article, ...]
    texts: tuple[str, ...]
    questions: tuple[str, ...]


def read_material(dump: Path, questions: Path) -> Material:
    """Read the articles, cut them as the service does, and read the questions."""
    articles = tuple(source.article for source in read_paths([dump]) if source.article)
    texts = _texts(articles)
    opened = gzip.open if questions.suffix == ".gz" else open
    with opened(questions, "rt", encoding="utf-8") as lines:
        asked = tuple(json.loads(line)["text"] for line in lines)
    return Material(dump, articles, texts, asked)


def read_texts(dump: Path) -> tuple[str, ...]:
    """Every passage of a dump as it is embedded and indexed."""
    return _texts(source.article for source in read_paths([dump]) if source.article)


def _texts(articles: Iterable[Article]) -> tuple[str, ...]:
    return tuple(
        f"{article.title or ''}\n{article.text[span.start : span.end]}"
        for article in articles
        for span in cut_passages(article.text)
    )
