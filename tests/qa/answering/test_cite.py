from hypothesis import given
from hypothesis import strategies as st

from qa.answering.cite import cite, excerpt
from qa.reading.evidence import Evidence
from qa.records import Citation, Excerpt
from tests.qa.fakes import ALL_MET, article, evidence

TEXT = "🙂 The last flight has left.\r\nOperation Pitting took\u00a0two weeks – “in all”. The end."


def test_a_citation_has_the_words_their_place_and_the_article_they_are_of() -> None:
    of = article(
        TEXT, "airlift", title="The end", url="https://news.example/a", source="Example", published_at="2021-08-29"
    )
    quote = "Operation Pitting took\u00a0two weeks – “in all”."
    start = TEXT.index(quote)
    assert cite(2, evidence(quote, of)) == Citation(
        marker=2,
        article_id="airlift",
        revision=1,
        title="The end",
        url="https://news.example/a",
        source="Example",
        published_at="2021-08-29",
        quote=quote,
        start=start,
        end=start + len(quote),
        support="verified",
        also_in=(),
    )


def test_other_articles_that_say_the_same_are_cited_with_their_own_words() -> None:
    other = article("By the way: it took two weeks.", "other", title="Aside", published_at="2021-08-30")
    cited = cite(1, evidence("The end.", article(TEXT)), also_in=[evidence("it took two weeks.", other)])
    assert cited.also_in == (
        Excerpt(
            article_id="other",
            revision=1,
            title="Aside",
            url=None,
            source=None,
            published_at="2021-08-30",
            quote="it took two weeks.",
            start=12,
            end=30,
        ),
    )


@given(st.text(min_size=1, max_size=80), st.data())
def test_a_quote_is_what_stands_at_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    one = Evidence(article(text), start, end, 1.0, ALL_MET, (), None)
    for words in (cite(1, one), excerpt(one)):
        assert text[words.start : words.end] == words.quote
        assert words.quote
