import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.vectorstore.originals import FILES, needs_originals
from vectorstore.readers import read_paths
from vectorstore.records import Article

SEEDS = Path(__file__).parents[2] / "seeds"
LONGEST_SHARED_RUN = 7  # words


class Question(NamedTuple):
    question: str
    answers: list[list[str]] | None
    articles: list[str]


QUESTIONS = [
    Question(record["question"], record["answers"], record["articles"])
    for record in map(json.loads, (SEEDS / "questions.jsonl").read_text(encoding="utf-8").splitlines())
]
ARTICLES = {Path(source.name).stem: source.article for source in read_paths([SEEDS / "articles"]) if source.article}


def holding(words: str) -> set[str]:
    return {name for name, article in ARTICLES.items() if words in article.text}


def test_four_articles_with_title_source_and_address() -> None:
    assert len(ARTICLES) == 4
    for article in ARTICLES.values():
        assert article.title
        assert article.source
        assert article.url
        assert article.url.startswith("https://example.org/")
        assert 250 <= len(article.text.split()) <= 450


def test_only_the_article_whose_original_has_a_date_has_one() -> None:
    dates = {name: article.published_at for name, article in ARTICLES.items() if article.published_at}
    assert dates == {"us-uk-evacuation-flights": "2021-08-13"}


@pytest.mark.parametrize(
    ("words", "how_many"),
    [
        ("600 ", 3),
        ("3,000 US troops", 1),
        ("11 provincial capitals", 1),
        ("a dozen provincial capitals", 1),
        ("“humanitarian calamity”", 1),
        ("“humanitarian tragedy”", 1),
        ("15,000 people were evacuated by UK troops", 1),
        ("800 to 1,100", 1),
    ],
)
def test_the_sources_agree_and_disagree_as_the_originals_do(words: str, how_many: int) -> None:
    assert len(holding(words)) == how_many


def test_there_are_enough_questions_and_a_third_has_no_answer() -> None:
    assert len(QUESTIONS) >= 30
    assert len({question.question for question in QUESTIONS}) == len(QUESTIONS)
    assert sum(question.answers is None for question in QUESTIONS) * 3 >= len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.question)
def test_gold_answers_stand_in_their_articles(question: Question) -> None:
    if question.answers is None:
        assert question.articles == []
        return
    assert set(question.articles) <= ARTICLES.keys()
    found = [{name for words in spellings for name in holding(words)} for spellings in question.answers]
    assert all(names.intersection(question.articles) for names in found)
    assert set(question.articles) <= set().union(*found)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w,]+", text.casefold())
    return {tuple(words[i : i + LONGEST_SHARED_RUN + 1]) for i in range(len(words) - LONGEST_SHARED_RUN)}


@needs_originals
@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES.keys())
def test_the_articles_are_in_our_own_words(article: Article) -> None:
    """No eight words in a row are an original's, but where somebody is quoted; nor is a title."""
    originals = [path.read_text(encoding="utf-8") for path in FILES]
    theirs = set().union(*map(runs, originals))
    ours = set().union(*map(runs, re.split(r"“[^”]*”|\"[^\"]*\"", article.text)))
    assert not ours & theirs
    assert not any((article.title or "") in original for original in originals)
