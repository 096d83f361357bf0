from qa.concord import concord_of
from qa.records import Excerpt, Figure
from tests.api.fakes import citation

UK = Figure(600, "troops", "600", (1,), "Wire", None)
US = Figure(3000, "US troops", "3,000", (2,), "Post", None)


def test_sources_with_one_figure_or_none_agree_where_there_are_two() -> None:
    assert concord_of((citation(),), (), 2) == "agree"
    assert concord_of((citation(),), (UK,), 2) == "agree"
    assert concord_of((citation(),), (UK,), 1) is None


def test_articles_with_a_figure_each_differ() -> None:
    cited = (citation(marker=1), citation(marker=2, article_id="post"))
    assert concord_of(cited, (UK, US), 2) == "differ"


def test_an_article_that_gives_both_figures_does_not_differ_from_itself() -> None:
    both = Excerpt("post", 1, "Troops", "Post", None, None, "600 UK troops", 3, 16)
    cited = (citation(marker=1, also_in=(both,)), citation(marker=2, article_id="post"))
    assert concord_of(cited, (UK, US), 1) is None
