from dataclasses import replace

import pytest

from qa.answering.concord import concord_of, sources_of
from qa.records import Excerpt, Figure
from tests.api.fakes import citation
from tests.qa.fakes import article

UK = Figure(600, "troops", "600", (1,), "Wire", None)
US = Figure(3000, "US troops", "3,000", (2,), "Post", None)


def at_one(_one: Figure, _other: Figure) -> bool:
    return True


def test_sources_with_one_figure_or_none_agree_where_there_are_two() -> None:
    assert concord_of((citation(),), (), 2, at_one) == "agree"
    assert concord_of((citation(),), (UK,), 2, at_one) == "agree"
    assert concord_of((citation(),), (UK,), 1, at_one) is None


def test_articles_with_a_figure_each_differ() -> None:
    cited = (citation(marker=1), citation(marker=2, article_id="post"))
    assert concord_of(cited, (UK, US), 2, at_one) == "differ"


def test_those_of_two_events_neither_differ_nor_changed() -> None:
    cited = (citation(marker=1), citation(marker=2, article_id="post"))
    assert concord_of(cited, (UK, US), 2, lambda *_: False) is None


def test_an_article_that_gives_both_figures_does_not_differ_from_itself() -> None:
    both = Excerpt("post", 1, "Troops", "Post", None, None, "600 UK troops", 3, 16)
    cited = (citation(marker=1, also_in=(both,)), citation(marker=2, article_id="post"))
    assert concord_of(cited, (UK, US), 1, at_one) is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-06-01", "2024-06-03", "changed"),
        ("2024-06-01", "2024-06-01T18:00:00+00:00", "differ"),
        ("2024-06-01", None, "differ"),
    ],
)
def test_figures_of_other_days_changed_and_do_not_differ(first: str, second: str | None, expected: str) -> None:
    cited = (citation(marker=1), citation(marker=2, article_id="post"))
    assert concord_of(cited, (replace(UK, as_of=first), replace(US, as_of=second)), 2, at_one) == expected


def test_the_articles_of_one_publisher_are_one_source() -> None:
    texts = ["A ferry sank off Orley on Monday night.", "Four people were saved by a trawler.", "The owner was fined."]
    wire, again, post = (article(text, str(at)) for at, text in enumerate(texts))
    assert sources_of([wire, again, post]) == 3
    assert sources_of([replace(wire, source="The Wire"), replace(again, source="the  wire"), post]) == 2
    addressed = [
        replace(one, url=f"https://{host}/{one.id}") for one, host in ((wire, "www.wire.org"), (again, "wire.org"))
    ]
    assert sources_of([*addressed, replace(post, url="https://post.org/3")]) == 2
