import pytest

from qa.question import understand
from qa.short_answer.kinds import of_wrong_form, of_wrong_kind, read_stretches
from qa.short_answer.signs import lay_out
from qa.short_answer.wanted import want
from qa.spans.find import find_spans
from tests.qa.fakes import nothing_alike


def ruled_out(question: str, sentence: str) -> set[str]:
    """The stretches of a sentence that are of the wrong kind or form."""
    asked = understand(question)
    wanted = want(asked)
    spans = find_spans(asked, sentence, nothing_alike().of_words)
    laid = lay_out(wanted, sentence, spans, nothing_alike())
    read = read_stretches(sentence, laid)
    wrong = of_wrong_kind(wanted, read) | of_wrong_form(wanted, read)
    return {sentence[laid.starts[one] : laid.ends[other]] for one, other in laid.places[wrong]}


REASONS = "In late March Defence Secretary Ben Wallace left Doha, citing fraud, after the harbour burnt."


def test_no_name_date_or_single_word_says_why() -> None:
    wrong = ruled_out("Why is the office vacant?", REASONS)
    assert {"late March", "March", "Defence Secretary Ben Wallace", "Doha", "citing", "burnt"} <= wrong
    assert not {"citing fraud", "fraud", "the harbour burnt"} & wrong


def test_a_name_may_be_a_reason_where_it_is_brought_in_as_one() -> None:
    wrong = ruled_out("Why did the talks end?", "The talks ended because of Ben Wallace in Doha.")
    assert "Ben Wallace" not in wrong
    assert "Doha" in wrong


def test_no_name_or_figure_tells_in_what_way_but_a_score_does() -> None:
    wrong = ruled_out("How did the board vote?", "The board of Harbour Trust voted 6-3 on 5 plans.")
    assert {"Harbour Trust", "5"} <= wrong
    assert "6-3" not in wrong
    assert "5" not in ruled_out("How accurate was it?", "It was accurate to 5 miles.")


@pytest.mark.parametrize("question", ["Who beat the champion?", "Which team won the final?", "Where was he beaten?"])
def test_what_has_a_name_is_no_figure_or_date(question: str) -> None:
    wrong = ruled_out(question, "On Sunday Simon Gass was beaten 6-4 in Doha by 17 points.")
    assert {"Sunday", "17"} <= wrong
    assert not {"Simon Gass", "Doha"} & wrong


def test_what_is_numbered_may_be_a_figure() -> None:
    assert not ruled_out("Which article protects workers?", "Article 45 protects workers.")
    assert "1962" not in ruled_out("What were the years of the two laws?", "The two laws are of 1962 and 1964.")
    assert "1962" in ruled_out("What did the court repeal?", "In 1962 the court repealed the law on ships.")


def test_a_person_is_no_country() -> None:
    wrong = ruled_out("Which country elected her?", "Italy elected her, the first since Pietro Verdi.")
    assert "Pietro Verdi" in wrong
    assert "Italy" not in wrong


def test_as_many_are_named_as_are_asked_for() -> None:
    wrong = ruled_out(
        "Which three towns flooded?", "The towns of Ghazni, Herat and Kandahar flooded, but Kabul did not."
    )
    assert {"Kandahar", "Ghazni, Herat", "Herat and Kandahar"} <= wrong
    assert "Ghazni, Herat and Kandahar" not in wrong
    assert "Herat and Kandahar flooded, but Kabul" in wrong


def test_a_word_is_one_that_is_quoted_where_any_is() -> None:
    question = "Which word did the editors choose?"
    wrong = ruled_out(question, "The editors of Harbour House chose “drizzle”.")
    assert "Harbour House" in wrong
    assert "drizzle" not in wrong
    assert "drizzle" not in ruled_out(question, "The editors of Harbour House chose drizzle.")
