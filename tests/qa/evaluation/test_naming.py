import pytest

from qa.evaluation.naming import named, says_anything, spellings, wrong_named


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("About 15,000 people left.", "15000"),
        ("The Normans came.", "the normans"),
        ("Gas now costs $5 a gallon.", "$5"),
        ("It costs US$5.", "$5"),
        ("Some 79 per cent said so.", "79%"),
        ("Some 79 percent said so.", "79 %"),
        ("A 17-year-old flew.", "17"),
        ("She serves nine years.", "9"),
        ("She serves 9 years.", "nine"),
        ("The Covid-19 pandemic", "Covid-19"),
        ("Rishi Sunak's cabinet", "Rishi Sunak"),
        ("The thesis is Cobham’s.", "Cobham"),
        ("Dyrrachium—a naval base—fell.", "Dyrrachium"),
        ("He joined AT&T.", "AT&T"),
        ("In Oregon, and in New Jersey too, it is illegal.", "New Jersey & Oregon"),
        ("New Jersey and Oregon forbid it.", "New Jersey & Oregon"),
        ("He studied class A.", "A"),  # an answer that is only an article is looked for as it is
        ("Enrique Pe\u0301rez came.", "Enrique Pérez"),
    ],
)
def test_an_answer_is_named(text: str, gold: str) -> None:
    assert named(text, [[gold]]) == (True,)


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("It was in 2011.", "11"),
        ("On June 5 it rose.", "$5"),
        ("Gas now costs $5.50.", "$5"),
        ("It fell by 3.5 points.", "35"),
        ("79 people said so.", "79%"),
        ("The Canadians left.", "Canadian"),
        ("In New Jersey it is illegal.", "New Jersey & Oregon"),
        ("Jersey is new.", "New Jersey"),
        ("NP is a class.", "P"),
        ("One of them left.", "1"),
        ("", "15,000"),
    ],
)
def test_an_answer_is_not_named(text: str, gold: str) -> None:
    assert named(text, [[gold]]) == (False,)


def test_each_answer_in_any_of_its_spellings() -> None:
    golds = [["11", "eleven"], ["a dozen"], ["600"]]
    assert named("Eleven fell, or a dozen.", golds) == (True, True, False)


def test_an_answer_within_a_longer_wrong_one_is_not_named() -> None:
    assert named("He played American football.", [["Football"]], ["American football"]) == (False,)
    assert named("He played American football, then football.", [["Football"]], ["American football"]) == (True,)


def test_an_answer_that_is_given_as_right_and_as_wrong_is_named() -> None:
    assert named("He played golf.", [["golf"]], ["Golf"]) == (True,)


def test_a_wrong_answer_within_a_right_one_is_not_named() -> None:
    golds = [["American football"]]
    assert not wrong_named("He played American football.", ["football"], golds)
    assert wrong_named("He played American football and football.", ["football"], golds)
    assert wrong_named("He played golf.", ["Golf"], golds)
    assert not wrong_named("He played golf.", ["golf"], [["Golf"]])


def test_quotation_marks_around_an_answer_may_be_missing() -> None:
    assert spellings("“Squid Game”") == ("“Squid Game”", "Squid Game")
    assert spellings("Squid Game") == ("Squid Game",)
    assert spellings("“”") == ("“”",)


def test_an_answer_without_words() -> None:
    assert not says_anything("—")
    assert says_anything("the")
