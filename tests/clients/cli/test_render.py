"""Answers as a person reads them."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from rich.text import Text

from api.schemas import ArticleOut
from clients.cli.outcomes import Outcomes
from clients.cli.render import answer_lines, article_lines, found_lines, listing_lines, summary_lines
from qa.records import Excerpt, Figure, Searched, ToldDate
from tests.api.fakes import FOUND, GIVEN, QUOTE, UNDERSTOOD, FakeStore, answer, citation, no_answer, stored
from vectorstore.records import IngestResult, Span


def plain(lines: Iterable[Text]) -> str:
    return "\n".join(text.plain for text in lines)


def test_an_answer_with_its_source() -> None:
    assert plain(answer_lines(answer())) == "\n".join(
        [
            "15,000 people",
            f"{QUOTE} [1]",
            "",
            "[1] The airlift ends (The Example, 2021-08-29)",
            "    https://news.example/airlift",
            f'    "{QUOTE}"',
            "    qa show airlift-1f0a9c3d --at 26:85",
        ]
    )


def test_what_the_question_itself_limited_the_search_to() -> None:
    assert plain(answer_lines(answer(understood_filters=UNDERSTOOD))).startswith(f"{UNDERSTOOD.told}\n")
    text = f"The articles don't say. {UNDERSTOOD.told}"
    refused = no_answer(text=text, searched=Searched(0, 0), understood_filters=UNDERSTOOD)
    assert plain(answer_lines(refused)) == f"{text}\nNo article passes the filters."
    assert plain(found_lines(replace(FOUND, understood_filters=UNDERSTOOD))).startswith(f"{UNDERSTOOD.told}\n")


def test_the_filters_that_it_was_asked_with_stand_above_what_is_said() -> None:
    both = answer(given_filters=GIVEN, understood_filters=UNDERSTOOD)
    assert plain(answer_lines(both)).startswith(f"{GIVEN.told}\n{UNDERSTOOD.told}\n15,000 people\n")
    refused = no_answer(text="The articles don't say.", given_filters=GIVEN)
    assert plain(answer_lines(refused)).startswith(f"{GIVEN.told}\nThe articles don't say.\n")
    unclear = no_answer(reason="unclear", text="Who is meant?", given_filters=GIVEN)
    assert plain(answer_lines(unclear)) == f"{GIVEN.told}\nWho is meant?"
    hostile = replace(GIVEN, told="Only articles of \x1b[31m\nA.")
    assert plain(answer_lines(answer(given_filters=hostile))).startswith("Only articles of \\x1b[31m A.\n")


def test_articles_in_another_language_are_said_to_be() -> None:
    told = "The articles that come nearest are in German, and the question is not. Ask in German."
    shown = plain(answer_lines(no_answer(text=told, other_languages=("de",), nearest=())))
    assert shown == f"{told}\nSearched: 2 passages of 1 article."


def test_what_the_words_for_times_mean_stands_beside_the_quote() -> None:
    dates = (ToldDate(4, 11, "Tuesday", "Tuesday, 12 March 2024"), ToldDate(20, 29, "last month", "February 2024"))
    shown = plain(answer_lines(answer(citations=(citation(dates=dates),))))
    assert f'    "{QUOTE}"\n    (Tuesday: Tuesday, 12 March 2024; last month: February 2024)\n' in shown


def test_what_was_asked_for_stands_out() -> None:
    short, text, *_ = answer_lines(answer())
    assert (short.plain, short.style) == ("15,000 people", "bold")
    styled = {text.plain[span.start : span.end] for span in text.spans}
    assert styled == {"15,000 people", "[1]"}


def test_other_sources_of_the_same_fact() -> None:
    other = Excerpt("other", 1, "The end", None, "Wire", None, "15,000 left", 3, 14)
    shown = plain(answer_lines(answer(citations=(citation(also_in=(other,)),))))
    assert '    Also in The end (Wire, undated):\n      "15,000 left"\n      qa show other --at 3:14' in shown
    moved = replace(other, standing="moved")
    shown = plain(answer_lines(answer(citations=(citation(also_in=(moved,)),))))
    told = '"15,000 left"  (these words have moved in the article since)\n      qa show other --revision 1 --at 3:14'
    assert told in shown


def test_words_of_an_older_revision_say_so() -> None:
    cited = (citation(standing="changed"), citation(marker=2, standing="moved"), citation(marker=3, revision=4))
    shown = plain(answer_lines(answer(citations=cited)))
    assert (
        f'"{QUOTE}"  (these words are no longer in the article)\n    qa show airlift-1f0a9c3d --revision 1 --at'
        in shown
    )
    assert '"  (these words have moved in the article since)\n' in shown
    assert f'    "{QUOTE}"\n    qa show airlift-1f0a9c3d --revision 4 --at 26:85' in shown


def test_sources_that_differ() -> None:
    figures = (
        Figure(600, "troops", "600 troops", (1,), "Wire", "2021-08-13"),
        Figure((3000, 4000), "troops", "3,000 to 4,000 troops", (2, 3), None, None),
    )
    shown = plain(answer_lines(answer(figures=figures, agreement="differ")))
    assert "The sources differ:\n  600 troops (Wire, 2021-08-13) [1]\n" in shown
    assert "  3,000 to 4,000 troops (undated) [2][3]\n" in shown


def test_several_figures_of_sources_that_do_not_differ() -> None:
    figures = (
        Figure(600, "troops", "600", (1,), "Wire", None),
        Figure(3000, "US troops", "3,000", (2,), "Post", None),
    )
    shown = plain(answer_lines(answer(figures=figures)))
    assert "The articles give several figures:\n  600 troops (Wire, undated) [1]\n  3,000 US troops" in shown
    assert "differ" not in shown


def test_a_figures_unit_is_named_once() -> None:
    figures = tuple(
        Figure(value, unit, text, (1,), None, None)
        for value, unit, text in ((5, "%", "5%"), (6, "USD", "$6"), (7, "Troops", "7 troops"), (8, "troops", "8"))
    )
    shown = plain(answer_lines(answer(figures=figures)))
    assert all(f"  {text} (undated) [1]" in shown for text in ("5%", "$6", "7 troops", "8 troops"))


def test_only_the_asked_words_stand_out_and_not_parts_of_others() -> None:
    _, text, *_ = answer_lines(answer(text="In 2011, 11 cities fell. [1]", short_answer="11"))
    assert [(span.start, span.end) for span in text.spans if span.style == "bold green"] == [(9, 11)]


def test_sources_that_agree_are_counted_and_not_listed() -> None:
    shown = plain(answer_lines(answer(independent_sources=2, agreement="agree")))
    assert "differ" not in shown
    assert shown.endswith("2 independent sources agree.")


def test_what_lacks_and_what_is_partial_is_said() -> None:
    bare = citation(title=None, url=None, source=None, published_at=None, support="partial")
    shown = plain(answer_lines(answer(citations=(bare,), degraded=True)))
    assert "[1] airlift-1f0a9c3d (undated)\n" in shown
    assert "supports this in part" in shown
    assert "The model failed" in shown


@pytest.mark.parametrize("reason", ["no_match", "weak_evidence", "unverified"])
def test_no_answer_says_why_and_what_was_searched(reason: str) -> None:
    shown = plain(answer_lines(no_answer(reason=reason, searched=Searched(1, 1234))))
    assert shown.startswith("The articles don't say.\n")
    assert "Searched: 1,234 passages of 1 article." in shown
    assert 'In airlift-1f0a9c3d (undated):\n      "The last flight has left."' in shown


def test_filters_that_nothing_passes() -> None:
    assert "No article passes the filters." in plain(answer_lines(no_answer(searched=Searched(0, 0), nearest=())))


def test_an_article_may_say_anything() -> None:
    evil = citation(title="[bold]x[/bold]\x1b]0;owned\x07", source="\x1b[2J", quote="a\nb \x9b31m [link=x]")
    shown = plain(answer_lines(answer(text="\x1b[31m [1]", citations=(evil,), short_answer="\x1b[31m")))
    assert not any(character in shown for character in "\x1b\x07\x9b")
    assert "[bold]x[/bold]\\x1b]0;owned\\x07" in shown
    assert '"a b \\x9b31m [link=x]"' in shown


def test_an_article_with_a_span() -> None:
    article = ArticleOut.of(stored())
    assert plain(article_lines(article, None, marks=True)).endswith(article.text)
    marked = plain(article_lines(article, Span(26, 85), marks=True))
    assert marked.endswith(f">>>{QUOTE}<<<")
    *_, text = article_lines(article, Span(26, 85), marks=False)
    assert [text.plain[span.start : span.end] for span in text.spans if span.style == "reverse"] == [QUOTE]


def test_a_listing() -> None:
    page = FakeStore().articles()
    assert plain(listing_lines(page.items)) == "airlift-1f0a9c3d  2021-08-29, The airlift ends, The Example"


def test_a_summary_names_what_failed_and_why() -> None:
    results = [
        IngestResult("a", "added"),
        IngestResult("b", "unchanged"),
        IngestResult("c\x1b.bin", "failed", reason="it is binary"),
    ]
    assert plain(summary_lines(Outcomes.of(results))) == (
        "1 added, 0 updated, 1 unchanged, 1 failed\nfailed: c\\x1b.bin: it is binary"
    )


def test_a_summary_of_many_failures_is_short() -> None:
    results = [IngestResult(f"{number}", "failed", reason="The disk is full.") for number in range(1_500)]
    results += [IngestResult(f"{number}", "failed", reason=f"bad line {number}") for number in range(7)]
    results += [IngestResult(f"{number}", "failed", reason="It is empty.") for number in range(30)]
    lines = plain(summary_lines(Outcomes.of(results), others=1)).splitlines()
    assert lines[:3] == [
        "0 added, 0 updated, 0 unchanged, 1537 failed",
        "1 file of other kinds passed over",
        "failed: 0: The disk is full.",
    ]
    assert lines[21:25] == [
        "failed: 19: The disk is full.",
        "failed: and 1,517 more, of which",
        "  1,480: The disk is full.",
        "  30: It is empty.",
    ]
    assert lines[25:] == ["  1: bad line 0", "  1: bad line 1", "  1: bad line 2", "  4: for other reasons"][:4]
