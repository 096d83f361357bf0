"""What holds whatever the articles say and whatever is asked."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answering.compose import MAX_SIDES
from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.question.asked_text import MAX_CHARACTERS
from qa.records import Answer, Request
from tests.qa.fakes import FakeStore, article, quotes_of
from tests.vectorstore.fakes import FakeEmbedder
from vectorstore.records import StoredArticle

STARTERS = (
    "how many|how many were|who|when did|where|which|what is|what did he say|how much|how long|why|did|how old is|"
    "what percentage of|which cities besides Herat|how many and where"
).split("|")
WORDS = (
    "15,000|fifteen thousand|a dozen|600|3,000 US troops|800 to 1,100|£2m|40%|two weeks|9|1066|hundreds of|people|"
    "troops|capitals|were|was|evacuated|sent|fell|left|is|He|They|It|These|the|of|to|in|from|by|not|Kabul|Herat|Ghazni|"
    "Simon Gass|General Sir Nick Carter|Boris Johnson|the Taliban|UK|British|US|Afghans|Canadians|Operation Pitting|"
    "Friday|13 August 2021|September 11|“humanitarian|tragedy”|“security vacuum”|'safe passage'|Mr. B.|U.S.|isn’t|"
    "cafe\u0301|naïve|ﬁre|🙂|👩‍👩‍👧|\u200b|Кабул|喀布尔|(x)|READ MORE:|Watch:|The National:|Cover image:|"
    "our website|you"
).split("|")
GAPS = (
    [" "] * 12 + [". "] * 6 + [", ", "\u00a0", "  ", "\n", ".\n\n", "\r\n", ".\r\n\r\n", "\t", "? ", ":\n\n", "\u2028"]
)
NEWS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), min_size=1, max_size=60).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0["), min_size=1, max_size=300)
TEXTS = st.lists(NEWS | ANY, min_size=1, max_size=4).map("\n\n".join)


def held(text: str, number: int) -> StoredArticle:
    return article(text, f"a{number}", title="Kabul" if number else None, published_at="2021-08-13" if number else None)


def ask(question: str, *texts: str) -> Answer:
    """The answer over articles of these texts, after proving that what it cites is so."""
    articles = {one.id: one for one in (held(text, number) for number, text in enumerate(texts))}
    engine = Engine(FakeStore(list(articles.values())).as_store(), Similarity(FakeEmbedder()))
    answer = engine.ask(Request(question))
    for one in (*quotes_of(answer), *answer.nearest):
        assert one.quote.strip()
        assert articles[one.article_id].text[one.start : one.end] == one.quote
    assert_marked(answer)
    return answer


def assert_marked(answer: Answer) -> None:
    """An answer is its quotes, each with its marker, from 1 to at most 4; a refusal has none."""
    assert len(answer.citations) <= MAX_SIDES
    assert (answer.status == "answered") is bool(answer.citations)
    assert (answer.reason is None) is bool(answer.citations)
    if not answer.citations:
        assert not re.search(r"\[\d+\]", answer.text)
        return
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert answer.text == " ".join(f"{' '.join(one.quote.split())} [{one.marker}]" for one in answer.citations)
    assert re.findall(r"\[(\d+)\]", answer.text) == [str(one.marker) for one in answer.citations]
    assert answer.short_answer is None or answer.short_answer in answer.citations[0].quote
    for figure in answer.figures:
        assert all(figure.text in answer.citations[marker - 1].quote for marker in figure.markers)
    assert 1 <= answer.independent_sources <= 1 + len(answer.citations[0].also_in)


@st.composite
def articles_and_question(draw: st.DrawFn) -> tuple[list[str], str]:
    texts = [text for text in draw(st.lists(TEXTS, min_size=1, max_size=4)) if text.strip()]
    words = " ".join(texts).split() or ["Kabul"]
    asked = " ".join(draw(st.lists(st.sampled_from(words), max_size=8)))
    question = f"{draw(st.sampled_from(['', *STARTERS]))} {asked}{draw(st.sampled_from(['', '?', ' ?!']))}"
    return texts, question[:MAX_CHARACTERS] if question.strip() else "who?"


@settings(max_examples=60, deadline=None)
@given(articles_and_question())
def test_whatever_is_asked_of_whatever_articles_every_quote_stands_where_it_says(
    world: tuple[list[str], str],
) -> None:
    texts, question = world
    ask(question, *texts)


@settings(max_examples=40, deadline=None)
@given(NEWS.filter(str.strip))
def test_a_sentence_asked_back_word_for_word_is_answered_or_refused_with_words_that_stand(text: str) -> None:
    ask(f"{text.strip()[:1_000]}?", text, f"By our staff.\n\n{text}")


QUESTIONS = [
    "how many were evacuated",
    "HOW MANY PEOPLE WERE EVACUATED FROM KABUL",
    "how many people were evacuated from kabul",
    "-- how many people... were - evacuated!!! from: “kabul”;;",
    "how,,, many?? people",
    "how many were there?",
    "who is it?",
    "what?",
    "?!",
    "🙂",
    "Сколько людей было эвакуировано из Кабула?",
    "有多少人从喀布尔撤离？",
    "كم عدد الذين تم إجلاؤهم؟",
    'text:kabul AND (title:x OR "y") NOT [a TO z] ^2 ~3 * ? \\ / +evacuated -people {z} id:>5',
    "'; DROP TABLE articles; -- %s %(name)s {0} $1",
    "(?P<kabul>.*)+[a-z{3,}|^$\\b people",
    "how many \u0301\u0301\u0301 \u200b\u200d\ufeff people\u00a0were\u2028evacuated",
    "a" * 2_000,
    "how many people " * 125,
    "“‘\"'" * 500,
    "what is what is the cost of " * 70,
]
ADVERSARIAL = {
    "one line of 100,000 characters": "In all, 15,000 people were evacuated from Kabul, and " * 2_000,
    "one line of 2,000 sentences": "Some 15,000 people were evacuated from Kabul. " * 2_000,
    "one word of 100,000 characters": "evacuated" * 11_000,
    "5,000 lines of one word": "Kabul\npeople\nevacuated\n15,000\nwere\n" * 1_000,
    "5,000 figures": " ".join(f"{number:,} people," for number in range(5_000)),
    "quotation marks that never close": "“15,000 people were “evacuated ‘from Kabul, " * 1_000,
    "only promotions": "READ MORE: How many people were evacuated from Kabul?\n\nWatch: 15,000 people evacuated\n" * 50,
    "only marks": ".?!…”’)]}—•*" * 500,
    "a figure of 5,000 digits": f"{'9' * 5_000} people were evacuated from Kabul.",
    "a figure of 1,000 groups": f"1{',000' * 1_000} people were evacuated from Kabul.",
    "another script": "从喀布尔撤离了15000人。" * 300,
    "white space of all sorts": "15,000\u00a0people\u2003were\u3000evacuated\x0bfrom\x85Kabul\u2029.\r\n\t\u00a0" * 100,
}


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_strange_articles_are_cited_truly_or_not_at_all(text: str) -> None:
    for question in QUESTIONS[:6]:
        ask(question, text, "By the way, 15,000 people were evacuated from Kabul.")


@pytest.mark.parametrize("question", QUESTIONS)
def test_strange_questions_get_an_answer_or_a_refusal(question: str) -> None:
    ask(question, "Some 15,000 people were evacuated from Kabul 🙂. He wasn’t there.\n\nIt was over.", "Эвакуация.")


def test_capitals_punctuation_and_a_missing_question_mark_change_nothing() -> None:
    texts = ("Some 15,000 people were evacuated from Kabul.", "Cake was eaten.")
    answers = [ask(question, *texts) for question in QUESTIONS[1:4]]
    assert [answer.short_answer for answer in answers] == ["Some 15,000 people"] * 3


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("how many were there?", "unclear"),
        ("who is it?", "unclear"),
        ("what?", "unclear"),
        ("?!", "weak_evidence"),
        ("🙂", "weak_evidence"),
    ],
)
def test_a_question_without_a_word_that_means_anything_is_refused(question: str, reason: str) -> None:
    answer = ask(question, "Some 15,000 people were there, Simon Gass said 🙂.")
    assert (answer.status, answer.reason) == ("no_answer", reason)


def test_promotions_alone_give_no_match() -> None:
    answer = ask("How many people were evacuated from Kabul?", ADVERSARIAL["only promotions"])
    assert (answer.status, answer.reason, answer.nearest) == ("no_answer", "no_match", ())
