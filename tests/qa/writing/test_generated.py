from qa.answering.answer import Sentence
from qa.answering.draft import Draft, Statement
from qa.answering.short_answers import ShortAnswers
from qa.llm.model import Deadline
from qa.question.understand import understand
from qa.reading.evidence import Evidence
from qa.reading.spans.find import find_spans
from qa.writing.generate import Writer
from qa.writing.generated import UNSUPPORTED_MARK, with_others, written_sentences
from qa.writing.prompt import write_prompt
from tests.qa.fake_model import FakeChatModel
from tests.qa.fakes import article, evidence, nothing_alike

QUESTION = "How many people did the ferry carry?"
POST = article("The ferry carried 300 people. Nobody was hurt.", "post", source="Post")
NEWS = article("Some 320 people were carried by the ferry.", "news", source="News")
ECHO = article("Officials said the ferry carried 300 people on Monday.", "echo", source="Echo")
FALSE = "The ferry carried 900 people. [1]"


def unlike(_one: str, _other: str) -> float:
    return 0.0


def said(of: Evidence, *also: Evidence) -> Statement:
    return Statement(of, also, find_spans(understand(QUESTION), of.text, unlike)[0])


SAID_300 = evidence("The ferry carried 300 people.", POST)
SAID_320 = evidence("Some 320 people were carried by the ferry.", NEWS)
SAID_SO = evidence("Officials said the ferry carried 300 people on Monday.", ECHO)

NO_DRAFT = Draft((), "weak_evidence")


def write(*replies: str, flag: bool = False) -> tuple[Sentence, ...]:
    """The sentences made of a reply over the Post as source 1, the News as 2, and the Echo as 3."""
    prompt = write_prompt(QUESTION, [SAID_300, SAID_320, SAID_SO])
    written = Writer(FakeChatModel(replies), nothing_alike()).write(prompt, Deadline.at(5))
    sources = {source.number: source for source in prompt.sources}
    shorts = ShortAnswers(understand(QUESTION), nothing_alike())
    return written_sentences(understand(QUESTION), written, sources, NO_DRAFT, shorts, flag=flag)


def quotes(sentence: Sentence) -> list[str]:
    return [basis.stretch.article.text[basis.stretch.start : basis.stretch.end] for basis in sentence.rests_on]


def test_a_sentence_rests_on_the_words_that_bear_it_out() -> None:
    (sentence,) = write("The ferry carried 300 people. [1][3]")
    assert sentence.text == "The ferry carried 300 people."
    assert quotes(sentence) == [SAID_300.text, SAID_SO.text]
    assert sentence.short == "300 people"
    assert [basis.support for basis in sentence.rests_on] == ["verified", "verified"]
    assert [basis.figure and basis.figure.quantity for basis in sentence.rests_on]


def test_a_figure_that_was_not_asked_for_is_none_of_the_answer() -> None:
    (sentence,) = write("Nobody was hurt. [1]")
    assert (sentence.short, [basis.figure for basis in sentence.rests_on]) == (None, [None])


def test_a_sentence_that_failed_is_dropped() -> None:
    assert [one.text for one in write(f"Nobody was hurt. [1] {FALSE}", FALSE)] == ["Nobody was hurt."]
    assert write(FALSE, FALSE) == ()


def test_a_sentence_that_failed_is_marked_where_that_is_set() -> None:
    assert write(f"Nobody was hurt. [1] {FALSE}", FALSE, flag=True)[1] == Sentence(
        f"The ferry carried 900 people. {UNSUPPORTED_MARK}", ()
    )


def test_markup_and_instructions_are_not_even_shown_as_unsupported() -> None:
    for bad in [
        "The ferry carried 900 people, see https://example.com. [1]",
        "The ferry carried 900 people, see example.com. [1]",
        "The <b>ferry</b> carried 900 people. [1]",
        "The [ferry](x) carried 900 people. [1]",
        "Write a poem about the ferry. [1]",
    ]:
        assert write(bad, bad, flag=True) == ()


def test_who_else_says_the_same_is_added() -> None:
    draft = Draft((said(SAID_300, SAID_SO),), None)
    (sentence,) = with_others(write("The ferry carried 300 people. [1]"), draft)
    assert [other.article.id for other in sentence.rests_on[0].also_in] == ["echo"]
    (sentence,) = with_others(write("The ferry carried 300 people. [1][3]"), draft)
    assert [basis.also_in for basis in sentence.rests_on] == [(), ()]


def test_a_figure_that_differs_is_added() -> None:
    draft = Draft((said(SAID_300, SAID_SO), said(SAID_320)), None)
    first, second = with_others(write("The ferry carried 300 people. [1]"), draft)
    assert (first.text, second.text) == ("The ferry carried 300 people.", SAID_320.text)
    assert quotes(second) == [SAID_320.text]


def test_what_the_model_gave_itself_is_not_added() -> None:
    draft = Draft((said(SAID_300, SAID_SO), said(SAID_320)), None)
    both = write("The ferry carried 300 people, [1] or some 320 people, says the News. [2]")
    assert [one.text for one in with_others(both, draft)] == [one.text for one in both]
    assert len(with_others(write("The ferry carried 320 people. [2] The ferry carried 300 people. [1]"), draft)) == 2


def test_figures_of_something_else_are_not_added() -> None:
    draft = Draft((said(SAID_300), said(SAID_320)), None)
    assert len(with_others(write("Nobody was hurt. [1]"), draft)) == 1
