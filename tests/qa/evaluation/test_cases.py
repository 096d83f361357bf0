from typing import Any

import pytest

from qa.evaluation.cases import read_case
from qa.evaluation.errors import LineError


def _read(**record: Any) -> Any:
    return read_case({"question": "Who won?", **record}, 7).case


@pytest.mark.parametrize(
    ("record", "golds"),
    [
        ({"answers": ["France", "France", "in France"]}, (("France", "in France"),)),
        ({"answers": [["11", "eleven"], ["a dozen"]]}, (("11", "eleven"), ("a dozen",))),
        ({"names": [["600"]]}, (("600",),)),
        ({"answer": "“Squid Game”"}, (("“Squid Game”", "Squid Game"),)),
        ({"answer": 187}, (("187",),)),
        ({"gold_answers": ["AFL", "NFL"]}, (("AFL",), ("NFL",))),
        (
            {"answer": "It sings .", "selected": ["They sing .", "All sing ."]},
            (("It sings .", "They sing .", "All sing ."),),
        ),
        ({"answers": ["x", "—"]}, (("x",),)),
    ],
)
def test_what_must_be_named(record: dict[str, Any], golds: object) -> None:
    case = _read(**record)
    assert case.golds == golds
    assert case.answerable


@pytest.mark.parametrize(
    "record",
    [
        {"answers": None},
        {"names": None},
        {"answers": []},
        {"answer": ""},
        {"gold_answers": []},
        {"answers": ["a plausible one"], "unanswerable": True},
        {"answers": ["a plausible one"], "answerable": False},
        {"unanswerable": True, "relevant": ["a"]},
    ],
)
def test_what_the_articles_dont_say(record: dict[str, Any]) -> None:
    case = _read(**record)
    assert (case.answerable, case.golds, case.relevant) == (False, (), ())


def test_a_case_of_which_only_the_article_is_known() -> None:
    case = _read(relevant=["a"])
    assert (case.answerable, case.golds, case.relevant) == (True, (), ("a",))
    assert _read(answerable=True).answerable


@pytest.mark.parametrize(
    ("record", "relevant"),
    [
        ({"relevant": ["a", "b", "a"]}, ("a", "b")),
        ({"articles": ["a"]}, ("a",)),
        ({"article": "000|001"}, ("000", "001")),
        ({"relevant": None, "articles": []}, ()),
        ({}, ()),
    ],
)
def test_the_articles_that_hold_the_answer(record: dict[str, Any], relevant: object) -> None:
    assert _read(answers=["x"], **record).relevant == relevant


def test_the_question_under_any_of_its_names() -> None:
    for name in ("question", "q", "text"):
        assert read_case({name: " Who won? ", "answer": "x"}, 1).case.question == "Who won?"
    assert read_case({"question": "Who?", "text": "An article.", "answer": "x"}, 1).case.question == "Who?"


def test_name_line_and_wrong_answers() -> None:
    case = _read(_id="20220617_0", answer="x", wrong_answers=["y", "y", "z"])
    assert (case.id, case.line, case.wrong) == ("20220617_0", 7, ("y", "z"))
    assert _read(answer="x").id == "line 7"


def test_the_articles_that_a_record_brings() -> None:
    entry = read_case({"question": "Who?", "answers": ["x"], "context": "x won.", "title": "Games"}, 1)
    assert entry.passage == ("Games", "x won.")
    documents = _read(
        gold_answers=["x"], documents=[{"text": "x won.", "type": "correct"}, {"text": "y won."}]
    ).documents
    assert [(one.key, one.text) for one in documents] == [("document-1", "x won."), ("document-2", "y won.")]


def test_what_a_case_is_about() -> None:
    assert _read(answer="x", context="x won.", title="Games").group == "Games"
    assert _read(answer="x", context="x won.").group == "x won."
    assert _read(answer="x").group is None


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"answer": "x"}, 'has no question: give it as "question", "q" or "text" \\(its fields: \'answer\'\\)'),
        ({"question": 3, "answer": "x"}, "has no question"),
        ({"question": "  ", "answer": "x"}, "the question can't be asked. The question is empty"),
        ({"question": "x" * 3000, "answer": "x"}, "can't be asked. The question has 3,000 characters"),
        ({"question": "Who?", "anwers": ["x"]}, "says nothing of its answer.*'anwers'"),
        (
            {"question": "Who?", "answers": {"text": ["x"]}},
            '"answers" holds an object, where words are expected: write them as "..."',
        ),
        ({"question": "Who?", "answers": [["x"], "y"]}, '"answers" holds lists and words: give words alone'),
        ({"question": "Who?", "articles": 5}, '"articles" holds a number: name the articles in a list, or in a string'),
        ({"question": "Who?", "relevant": {"a": 1}}, '"relevant" holds an object: name the articles in a list'),
        ({"question": "Who?", "answers": ["—"]}, '"answers" holds an answer without words'),
        ({"question": "Who?", "answers": ["\ud800"]}, "half of a character"),
        ({"question": "Who?", "gold_answers": "x"}, '"gold_answers" holds words: put it in a list'),
        ({"question": "Who?", "answer": "x", "wrong_answers": "y"}, '"wrong_answers" holds words: put it in a list'),
        ({"question": "Who?", "unanswerable": "yes"}, "\"unanswerable\" is 'yes': it must be true or false"),
        ({"question": "Who?", "answer": "x", "context": 3.5}, None),
        ({"question": "Who?", "answer": "x", "context": ["x"]}, '"context" holds a list'),
        ({"question": "Who?", "answer": "x", "documents": ["x"]}, 'each of "documents" must be an object'),
        ({"question": "Who?", "answer": "x", "documents": []}, '"documents" is empty'),
        ({"question": "Who?", "answer": "x", "context": "x", "documents": [{"text": "x"}]}, "leave one of them out"),
    ],
)
def test_what_is_no_case_is_told_with_its_line(record: dict[str, Any], words: str | None) -> None:
    if words is None:
        assert read_case(record, 3).passage == (None, "3.5")
        return
    with pytest.raises(LineError, match=f"^Line 3: .*{words}") as told:
        read_case(record, 3)
    assert told.value.line == 3
    assert told.value.what.endswith(".")
    assert not told.value.what.endswith("..")
