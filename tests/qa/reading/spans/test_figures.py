import pytest

from qa.question.understand import understand
from qa.reading.spans.answer_span import FITTING
from qa.reading.spans.figures import find_amounts, find_counts, find_percents

LIKE = {("soldiers", "troops"): 0.8, ("troops", "soldiers"): 0.8, ("ferries", "boats"): 0.3}


def likeness(one: str, other: str) -> float:
    return 1.0 if one == other else LIKE.get((one, other), 0.0)


def fits(question: str, sentence: str) -> dict[str, float]:
    """How well each figure of a sentence fits a question for a number."""
    found = find_counts(understand(question), sentence, likeness)
    return {sentence[span.start : span.end]: span.fit for span in found}


def fit(question: str, sentence: str) -> float:
    (only,) = fits(question, sentence).values()
    return only


def test_us_troops_are_us_troops_and_no_others() -> None:
    question = "How many US troops are being sent?"
    assert fit(question, "The Pentagon is sending 3,000 US troops.") == 1
    assert fit(question, "The Pentagon is sending 3,000 American troops.") == 1
    assert fit(question, "It is sending 600 British troops.") == 0
    assert fit(question, "It is sending 600 troops.") < 0.45
    assert 0.45 < fit(question, "The US is sending 3,000 troops.") < 1


def test_a_nation_of_the_question_need_not_stand_beside_the_figure() -> None:
    question = "How many troops is the UK sending?"
    assert fits(question, "600 British troops, 500 troops and 3,000 US troops go.") == {
        "600 British troops": 1, "500 troops": 1, "3,000 US troops": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "counted", ["people", "Afghans", "US troops", "British nationals", "troops", "provincial capitals", "hours"]
)
def test_canadians_are_counted_by_nothing_else(counted: str) -> None:
    assert fit("How many Canadians were evacuated?", f"Canada says 15,000 {counted} were evacuated.") == 0


def test_canadians_are_not_counted_by_a_figure_that_does_not_say_what_it_counts() -> None:
    assert fit("How many Canadians were evacuated?", "In all, 15,000 were evacuated.") < 0.45


def test_americans_are_no_us_troops() -> None:
    assert fits("How many Americans left?", "3,000 US troops, 200 Americans, 30 American citizens and 5 people") == {
        "3,000 US troops": 0, "200 Americans": 1, "30 American citizens": 0.8, "5 people": 0,
    }  # fmt: skip


def test_soldiers_are_troops() -> None:
    assert 0.8 < fit("How many soldiers were sent?", "600 troops were sent.") < 1
    assert 0.8 < fit("How many troops were sent?", "600 soldiers were sent.") < 1


def test_words_that_are_hardly_alike_hardly_fit() -> None:
    assert fit("How many ferries sank?", "600 boats sank.") < 0.45


def test_people_are_counted_by_words_for_persons_and_not_by_places_or_times() -> None:
    found = fits("How many people left?", "In 24 hours 200 evacuees left 11 provincial capitals, and 5 Afghans stayed.")
    assert found == {"24 hours": 0, "200 evacuees": 0.9, "11 provincial capitals": 0, "5 Afghans": 0.9}


@pytest.mark.parametrize(
    "counted",
    ["residents", "registered voters", "students", "fourth-graders", "signers", "passengers", "signatories", "miners"],
)
def test_people_are_counted_by_whatever_persons_are_called(counted: str) -> None:
    assert fit("How many people signed it?", f"There were 56 {counted}.") == 0.9


@pytest.mark.parametrize("counted", ["letters", "containers", "arrests", "trees", "flights"])
def test_people_are_not_counted_by_things(counted: str) -> None:
    assert fit("How many people signed it?", f"There were 56 {counted}.") < 0.45


@pytest.mark.parametrize("question", ["How many people were killed?", "How many were killed?", "How many deaths?"])
@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("It was carrying 132 people when it crashed, killing all 130 on board.", "130"),
        ("There were 62 storm-related deaths and 70 injuries.", "62 storm-related deaths"),
        ("The death toll rose from 30 to 37.", "37"),
        ("Six dead and 14 injured.", "Six dead"),
        ("Two people were killed and 17 other people injured.", "Two people"),
    ],
)
def test_people_are_counted_by_what_became_of_them(question: str, sentence: str, figure: str) -> None:
    found = fits(question, sentence)
    assert max(found, key=lambda words: found[words]) == figure
    assert found[figure] >= 0.9


def test_people_of_whom_something_else_is_told_are_others() -> None:
    found = fits("How many people were injured?", "Two people were killed, 3 soldiers arrested, and 17 injured.")
    assert [fit >= 0.45 for fit in found.values()] == [False, False, True]
    assert fit("How many soldiers were killed?", "5 soldiers were wounded.") < 0.45


@pytest.mark.parametrize(
    ("outcome", "figure"),
    [
        ("died", "6"),
        ("were evacuated", "15,000 residents"),
        ("were arrested", "22 arrests"),
        ("survived", "Two people"),
    ],
)
@pytest.mark.parametrize("question", ["How many people {}?", "How many {} in the flood?"])
def test_of_several_figures_that_of_the_asked_outcome_fits_best(question: str, outcome: str, figure: str) -> None:
    found = fits(
        question.format(outcome),
        "Two people survived, the toll rose to 6, some 15,000 residents were evacuated and police made 22 arrests.",
    )
    assert max(found, key=lambda words: found[words]) == figure


def test_cases_of_an_illness_are_no_people() -> None:
    assert fit("How many people were infected?", "Seven infections were reported in Ystad.") < 0.45


def test_people_of_whom_nothing_is_told_fit_less() -> None:
    question = "How many people were killed?"
    assert fit(question, "A plane with 132 people crashed.") == 0.85
    assert fits(question, "A plane with 132 people crashed and 5 farmers died.")["132 people"] == 0.6


def test_the_dead_of_one_nation_are_not_all_dead() -> None:
    assert fit("How many Canadians were killed?", "It killed 132.") < 0.45


def test_a_verb_after_the_people_asked_for_is_no_part_of_them() -> None:
    assert fit("How many people live in the town?", "It has 5,000 people.") == 1


def test_a_mere_magnitude_fits_less_than_a_figure() -> None:
    found = fits("How many troops were sent?", "Hundreds of troops, or 600 troops, were sent.")
    assert found["Hundreds of troops"] < found["600 troops"]


@pytest.mark.parametrize(
    "part", ["A third of people", "Half of the people", "Several thousand people", "Tens of thousands of people"]
)
def test_a_part_or_a_magnitude_is_no_exact_count_but_may_be_shown(part: str) -> None:
    found = fits("How many people were evacuated?", f"{part} were evacuated, and 15,000 people were evacuated later.")
    assert found["15,000 people"] > found[part] + 0.2
    assert found[part] >= 0.45


def test_a_part_that_fits_less_is_still_shown() -> None:
    assert fit("How many voters took part?", "Nearly half of all voters did.") == 0.45


def test_one_of_many_is_no_count_but_of_what_became_of_them() -> None:
    assert fit("How many people voted?", "One of the senators voted.") < 0.45
    assert fit("How many people survived?", "One of the passengers survived.") >= 0.45


@pytest.mark.parametrize("told", ["15,000 evacuated by air.", "15,000 were evacuated.", "15,000 evacuees."])
def test_the_figure_shown_takes_no_verb_with_it(told: str) -> None:
    assert "evacuated" not in next(iter(fits("How many were evacuated?", told)))


def test_a_range_is_no_mere_magnitude() -> None:
    assert fit("How many Afghans were left behind?", "An estimated 800 to 1,100 Afghans were left behind.") == 1


def test_without_a_word_for_what_is_counted_the_subject_of_the_verb_fits_best() -> None:
    found = fits(
        "how many were evacuated",
        "15,000 people were evacuated, 600 troops helped, 11 capitals fell in 24 hours, and 300 were evacuated.",
    )
    assert found["15,000 people"] == 1
    assert found["15,000 people"] > found["300"] > found["600 troops"] > found["11 capitals"] > found["24 hours"] == 0


@pytest.mark.parametrize(
    "verb", ["were evacuated", "who were evacuated", "have been evacuated", "will be evacuated", "were later evacuated"]
)
def test_the_subject_is_told_through_auxiliaries(verb: str) -> None:
    assert fit("how many were evacuated", f"The 15,000 people {verb} there.") == 1


def test_white_space_after_a_figure_is_no_work() -> None:
    assert fit("how many were evacuated", f"The total was 15 people{' ' * 20_000}.") == 0.75


def test_percentages_money_and_ordinals_are_no_counts() -> None:
    assert fits("How many people left?", "The third group, 40% of people, paid £2m.") == {}


def test_a_span_holds_the_figure_with_what_it_counts() -> None:
    sentence = "Up to 600 British troops go."
    (span,) = find_counts(understand("How many troops go?"), sentence, likeness)
    assert sentence[span.start : span.end] == "600 British troops"
    assert span.quantity is not None
    assert sentence[span.quantity.start : span.quantity.end] == "600"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("15,000 people left", "fifteen thousand people left", True),
        ("800 to 1,100 people left", "800 people left", False),
        ("11 people left", "a dozen people left", False),
        ("1,234,567 people left", "1,234,568 people left", False),
    ],
)
def test_figures_have_one_value_where_they_are_the_same_number(one: str, other: str, same: bool) -> None:
    question = understand("How many people left?")
    first, second = (find_counts(question, sentence, likeness)[0].value for sentence in (one, other))
    assert (first == second) is same


def test_how_much_is_money_before_all_else() -> None:
    sentence = "It cost £2m for 600 troops, up 5%."
    found = find_amounts(understand("How much did it cost?"), sentence)
    ranked = sorted(found, key=lambda span: -span.fit)
    assert [sentence[span.start : span.end] for span in ranked] == ["£2m", "5%", "600 troops"]
    assert ranked[0].fit == 1


def test_how_much_of_something_is_a_figure_of_just_that() -> None:
    sentence = "It sold 30 tonnes for £2m."
    found = {sentence[one.start : one.end]: one.fit for one in find_amounts(understand("How much tonnes?"), sentence)}
    assert found["30 tonnes"] == 1 > found["£2m"]


@pytest.mark.parametrize(
    ("question", "sentence", "measured"),
    [
        ("How much wheat did they buy?", "They bought 1.3 million tonnes of wheat for $9m.", "1.3 million tonnes"),
        ("How much snow fell?", "The town had 12 inches of snow in 3 hours.", "12 inches"),
        ("How much wheat did they buy?", "They bought wheat, some 30 tonnes.", "30 tonnes"),
        ("How much wheat did they buy?", "They bought 5 million bushels of it, wheat for a year.", "5 million bushels"),
        ("How much wheat was lost?", "A 50-tonne wheat cargo was lost.", "50-tonne"),
        ("How much snow fell?", "Heavy snow closed the pass; 30 cm fell overnight.", "30 cm"),
        ("How much land burned?", "They lost 40 acres of dry land.", "40 acres"),
        ("How much oil leaked?", "Half a gallon of oil leaked after 40 ships had passed.", "Half a gallon"),
    ],
)
def test_how_much_of_a_stuff_is_its_weight_or_volume(question: str, sentence: str, measured: str) -> None:
    best = max(find_amounts(understand(question), sentence), key=lambda span: span.fit)
    assert sentence[best.start : best.end].startswith(measured)
    assert best.fit >= FITTING


def test_a_weight_in_a_sentence_on_something_else_is_not_how_much() -> None:
    found = find_amounts(understand("How much wheat did they buy?"), "The ship weighs 30 tonnes.")
    assert all(span.fit < FITTING for span in found)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How much wheat did they ship?", "They shipped 1.3 million tonnes of barley, and wheat grew dearer."),
        ("How much rice was the truck carrying?", "The 50-tonne truck carrying rice overturned."),
        ("How much oil did the tanker spill?", "A tanker 330 metres long spilled oil into the bay."),
        ("How much oil was stolen?", "The oil was stolen 40 miles from the border."),
        ("How much gas leaked?", "The gas pipe was 30 cm wide."),
        ("How much gas leaked?", "A 12-inch pipe carried the gas."),
        ("How much fuel was brought?", "They brought 20 tonnes of food, and fuel."),
        ("How much wheat was sown?", "The wheat was sown on 40 hectares by the river."),
    ],
)
def test_what_is_measured_beside_a_stuff_is_not_how_much_of_it(question: str, sentence: str) -> None:
    assert all(span.fit < FITTING for span in find_amounts(understand(question), sentence))


def test_a_share_is_a_percentage_before_a_number() -> None:
    sentence = "Some 40% agreed, or 600."
    assert [(sentence[one.start : one.end], one.fit) for one in find_percents(sentence)] == [("40%", 1), ("600", 0.3)]
