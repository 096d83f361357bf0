"""An answer as Markdown: the markers stand where they are said to, and no word of an article means anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.openai.rendering import DEGRADED, SOURCES, rendered, told_in
from qa.language.markdown import unescaped
from qa.records import Searched
from tests.api.fakes import GIVEN, QUOTE, UNDERSTOOD, answer, citation, no_answer

BASE = "http://here:8000/"
HOSTILE = "![a](http://evil.example/x) <script>alert(1)</script> [b]: javascript:x `c` *d* [9]"


def test_an_answer_with_its_sources() -> None:
    message = rendered(answer(), BASE)
    assert message.text == (
        f"{QUOTE} [1]\n\n{SOURCES}\n\n- [1] [The airlift ends](<https://news.example/airlift>), The Example, 2021-08-29"
    )
    (one,) = message.annotations
    assert message.text[one.start_index : one.end_index] == "[1]"
    assert (one.url, one.title) == ("https://news.example/airlift", "The airlift ends")


def test_what_a_model_wrote_stands_beside_the_words_it_rests_on() -> None:
    written = answer(mode="generated", model="m", text="15,000 left. [1]")
    assert rendered(written, BASE).text.endswith(f", The Example, 2021-08-29: “{QUOTE}”")


def test_an_article_without_an_address_is_cited_where_this_server_has_it() -> None:
    for url in (None, "javascript:alert(1)", "http://a b"):
        bare = citation(url=url, title=None, source=None, published_at=None)
        message = rendered(answer(citations=(bare,)), BASE)
        assert message.annotations[0].url == "http://here:8000/articles/airlift-1f0a9c3d?revision=1"
        assert message.annotations[0].title == "airlift-1f0a9c3d"
        assert message.text.endswith("- [1] airlift-1f0a9c3d, undated")


def test_hostile_words_mean_nothing() -> None:
    hostile = citation(title=HOSTILE, source=HOSTILE, published_at=HOSTILE, quote=HOSTILE)
    said = answer(text=f"{HOSTILE} [1]", citations=(hostile,), mode="generated", model="m")
    for line in rendered(said, BASE).text.splitlines():
        plain = line.replace("\\\\", "").replace("\\[", "").replace("\\]", "").replace("\\<", "").replace("\\`", "")
        assert "<" not in plain.replace("](<https://news.example/airlift>)", "")
        assert "![" not in plain
        assert "`" not in plain
        assert plain.count("](") <= 1


def test_a_marker_without_a_citation_is_text() -> None:
    message = rendered(answer(text="See [2]. [1][1]"), BASE)
    assert message.text.startswith("See \\[2\\]. [1][1]\n\n")
    assert [message.text[one.start_index : one.end_index] for one in message.annotations] == ["[1]", "[1]"]


@given(st.lists(st.tuples(st.text(), st.integers(1, 3)), min_size=1, max_size=6), st.text())
def test_every_annotation_is_its_citations_marker(parts: list[tuple[str, int]], end: str) -> None:
    cited = tuple(citation(marker=n, title=f"t{n}") for n in (1, 2))
    text = "".join(f"{words}[{n}]" for words, n in parts) + end
    message = rendered(answer(text=text, citations=cited), BASE)
    assert len(message.annotations) >= sum(n < 3 for _, n in parts)
    for one in message.annotations:
        assert message.text[one.start_index : one.end_index] == f"[{one.title[1:]}]"
    first, *_ = message.text.split("\n\n")
    assert unescaped(first) == " ".join(text.split())


def test_a_refusal_says_why_and_what_was_searched() -> None:
    assert rendered(no_answer(text="The articles don't say."), BASE).text == (
        "The articles don't say.\n\nNothing in them bears on the question.\n\nSearched: 2 passages of 1 article."
    )
    empty = no_answer(text="The articles don't say.", searched=Searched(0, 0))
    assert rendered(empty, BASE).text.endswith("\n\nNo article was searched: the library is empty.")
    assert rendered(empty, BASE).annotations == ()


def test_what_the_question_itself_limited_the_search_to() -> None:
    shown = rendered(answer(understood_filters=UNDERSTOOD), BASE).text
    assert f"\n\n*{UNDERSTOOD.told}*\n\n{SOURCES}" in shown
    empty = no_answer(text="The articles don't say.", searched=Searched(0, 0), understood_filters=UNDERSTOOD)
    assert rendered(empty, BASE).text.endswith("\n\nNo article was searched: no article passes.")


def test_the_filters_that_it_was_asked_with() -> None:
    shown = rendered(answer(given_filters=GIVEN, understood_filters=UNDERSTOOD), BASE)
    assert shown.text.startswith(f"{QUOTE} [1]\n\n*{GIVEN.told}*\n\n*{UNDERSTOOD.told}*\n\n{SOURCES}")
    assert told_in(shown.text) == QUOTE
    empty = no_answer(text="The articles don't say.", searched=Searched(0, 0), given_filters=GIVEN)
    assert rendered(empty, BASE).text == (
        f"The articles don't say.\n\n*{GIVEN.told}*\n\nNo article was searched: no article passes."
    )
    unclear = no_answer(reason="unclear", text="Who is meant?", given_filters=GIVEN)
    assert rendered(unclear, BASE).text == f"Who is meant?\n\n*{GIVEN.told}*"


def test_articles_in_another_language_are_said_to_be() -> None:
    told = "The articles that come nearest are in German, and the question is not. Ask in German."
    shown = rendered(no_answer(text=told, other_languages=("de",)), BASE).text
    assert shown == f"{told}\n\nSearched: 2 passages of 1 article."


def test_an_unclear_question_is_asked_back() -> None:
    unclear = no_answer(reason="unclear", text="Who is meant?", suggestions=("Who left *Kabul*?", "Who stayed?"))
    assert rendered(unclear, BASE).text == "Who is meant?\n\n- Who left \\*Kabul\\*?\n- Who stayed?"


def test_a_model_that_failed_is_told() -> None:
    assert f"\n\n{DEGRADED}\n\n{SOURCES}" in rendered(answer(degraded=True), BASE).text


@pytest.mark.parametrize("text", [f"{QUOTE} [1]", "A *b* [x](y). [1][2] C\\d. [2]"])
def test_what_was_told_is_found_in_a_message_again(text: str) -> None:
    cited = (citation(), citation(marker=2))
    told = text.replace(" [1][2]", "").replace(" [1]", "").replace(" [2]", "")
    assert told_in(rendered(answer(text=text, citations=cited, degraded=True), BASE).text) == told


def test_a_refusal_tells_nothing() -> None:
    assert told_in(rendered(no_answer(text="The articles don't say."), BASE).text) == ""
    assert told_in("Hello! Ask me anything.") == ""
