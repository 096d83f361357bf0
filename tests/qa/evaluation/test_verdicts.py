from qa.evaluation.records import Case
from qa.evaluation.verdicts import judge
from tests.qa.evaluation.made import answer, citation, refused

ONE = Case("q", 1, "How many left?", golds=(("15,000", "fifteen thousand"),))
TWO = Case("q", 1, "How many fell?", golds=(("11", "eleven"), ("a dozen",)))
DISPUTED = Case("q", 1, "How many people live there?", golds=(("3,559",), ("3,506",)), wrong=("10,000",))


def test_a_right_answer_in_the_first_sentence() -> None:
    told = answer("Some 15,000 people left. [1] They were tired. [2]", short_answer="15,000 people")
    assert judge(told, ONE) == {"answered": 1.0, "ans@1": 1.0, "ans@3": 1.0, "EM": 0.0, "F1": 2 / 3}


def test_a_right_answer_in_a_later_sentence() -> None:
    verdicts = judge(answer("They were tired. [1] Some 15,000 left. [2]"), ONE)
    assert (verdicts["ans@1"], verdicts["ans@3"]) == (0.0, 1.0)
    assert (verdicts["EM"], verdicts["F1"]) == (0.0, 0.0)


def test_of_a_quote_of_two_sentences_the_first_counts() -> None:
    quote = "The harbour was emptied in August. It sent some 15,000 people home."
    told = answer(f"{quote} [1]", citations=[citation(quote=quote)])
    assert (judge(told, ONE)["ans@1"], judge(told, ONE)["ans@3"]) == (0.0, 1.0)
    turned = "It sent some 15,000 people home. The harbour was emptied in August."
    assert judge(answer(f"{turned} [1]", citations=[citation(quote=turned)]), ONE)["ans@1"] == 1.0


def test_a_marker_ends_a_sentence_that_has_no_full_stop() -> None:
    assert judge(answer("Harbour emptied [1] Some 15,000 left. [2]"), ONE)["ans@1"] == 0.0


def test_a_marker_is_no_answer() -> None:
    case = Case("q", 1, "How many fell?", golds=(("1",),))
    assert judge(answer("Some fell. [1]"), case)["ans@3"] == 0.0


def test_a_refusal_names_nothing_whatever_its_words() -> None:
    case = Case("q", 1, "What doesn't say?", golds=(("articles",),))
    verdicts = judge(refused(), case)
    assert verdicts == {"answered": 0.0, "ans@1": 0.0, "ans@3": 0.0, "EM": 0.0, "F1": 0.0}


def test_several_answers_must_all_be_named() -> None:
    both = answer("11 fell. [1] A dozen fell. [2]")
    assert judge(both, TWO) == {"answered": 1.0, "ans@1": 0.0, "ans@3": 1.0, "all gold named": 1.0, "gold named": 1.0}
    verdicts = judge(answer("Eleven fell. [1]"), TWO)
    assert (verdicts["ans@3"], verdicts["all gold named"], verdicts["gold named"]) == (0.0, 0.0, 0.5)


def test_a_wrong_answer_beside_a_right_one_is_disputed() -> None:
    verdicts = judge(answer("It has 3,559 people. [1] It has 10,000. [2]"), DISPUTED)
    assert (verdicts["gold named"], verdicts["wrong named"], verdicts["wrong named as undisputed"]) == (0.5, 1.0, 0.0)
    verdicts = judge(answer("It has 10,000. [1]"), DISPUTED)
    assert (verdicts["gold named"], verdicts["wrong named"], verdicts["wrong named as undisputed"]) == (0.0, 1.0, 1.0)
    verdicts = judge(refused(), DISPUTED)
    assert (verdicts["all gold named"], verdicts["wrong named"], verdicts["wrong named as undisputed"]) == (0, 0, 0)


def test_one_wrong_answer_makes_a_conflict() -> None:
    case = Case("q", 1, "Which sport?", golds=(("golf",),), wrong=("chess",))
    assert judge(answer("Golf. [1]", short_answer="Golf"), case) == {
        "answered": 1.0, "ans@1": 1.0, "ans@3": 1.0, "EM": 1.0, "F1": 1.0,
        "all gold named": 1.0, "gold named": 1.0, "wrong named": 0.0, "wrong named as undisputed": 0.0,
    }  # fmt: skip


def test_what_the_articles_dont_say() -> None:
    case = Case("q", 1, "Who won?", answerable=False)
    assert judge(refused(), case) == {"abstained": 1.0}
    assert judge(answer(), case) == {"abstained": 0.0}


def test_only_whether_it_answered_is_known_without_a_gold_answer() -> None:
    assert judge(answer(), Case("q", 1, "Who won?", relevant=("a",))) == {"answered": 1.0}
