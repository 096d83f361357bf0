from qa.question.understand import understand
from qa.reading.spans.names import find_named_kinds, find_people, find_places


def people(question: str, sentence: str) -> dict[str, float]:
    return {sentence[one.start : one.end]: one.fit for one in find_people(understand(question), sentence)}


def places(question: str, sentence: str) -> dict[str, float]:
    return {sentence[one.start : one.end]: one.fit for one in find_places(understand(question), sentence)}


def kinds(question: str, sentence: str) -> dict[str, float]:
    return {sentence[one.start : one.end]: one.fit for one in find_named_kinds(understand(question), sentence)}


def test_people_fit_before_other_names() -> None:
    found = people("Who went?", "Simon Gass went with the Ministry of Defence to Doha.")
    assert found == {"Simon Gass": 1, "Ministry of Defence": 0.6, "Doha": 0.6}


def test_a_name_that_the_question_has_is_no_answer() -> None:
    assert people("Who sent Simon Gass?", "Boris Johnson sent Simon Gass, and Gass went.") == {"Boris Johnson": 1}


def test_a_title_makes_no_new_name() -> None:
    found = people("Who beat Carter?", "Ben Wallace beat Gen. Carter, General Sir Carter and Prime Minister Carter.")
    assert found == {"Ben Wallace": 1}


def test_a_title_alone_may_be_new() -> None:
    assert "Pope" in people("Who blessed Carter?", "Carter was blessed by the Pope.")


def test_a_longer_form_of_a_name_is_new() -> None:
    assert "General Sir Nick Carter" in people("Who is Carter?", "It is General Sir Nick Carter.")


def test_where_an_office_is_asked_for_its_holder_fits_best_and_without_titles() -> None:
    assert people("Who is the president?", "Ned Price met President Ashraf Ghani.") == {
        "Ned Price": 0.4,
        "Ashraf Ghani": 1,
    }


def test_what_the_asker_excludes_is_no_answer() -> None:
    assert people("Who left besides Ben Wallace?", "Ben Wallace left, and so did Ned Price.") == {"Ned Price": 1}


def test_names_have_one_value_however_they_are_written() -> None:
    values = [span.value for span in find_people(understand("Who left?"), "They left Simon Gass’s house.")]
    assert [span.value for span in find_people(understand("Who?"), "It is Simon Gass.")] == values


def test_a_nation_is_nobody() -> None:
    assert people("Who left?", "The British and the UK forces left.") == {}


def test_places_stand_after_a_word_for_where() -> None:
    found = places("Where did Simon Gass go?", "Simon Gass of Sky went to Doha and to the Hague for Britain.")
    assert found["Doha"] == 1
    assert found["Doha"] > found["Britain"]
    assert "Simon Gass" not in found


def test_a_place_needs_no_name() -> None:
    found = places("Where were they deployed?", "They were deployed to three neighbouring countries.")
    assert found == {"three neighbouring countries": 0.7}


def test_an_office_is_no_place() -> None:
    sentence = "Simon Gass, special representative of the Prime Minister, has flown to Doha."
    found = places("Where did Simon Gass travel to?", sentence)
    assert found["Doha"] > found["Prime Minister"]


def test_the_kind_in_the_name_itself_fits_best() -> None:
    found = kinds("Which operation evacuated them?", "Operation Pitting was led by the Royal Air Force.")
    assert found["Operation Pitting"] == 1 > found["Royal Air Force"]


def test_a_country_is_a_country() -> None:
    found = kinds("Which country was attacked?", "Boris Johnson told Sky that Afghanistan was attacked.")
    assert found["Afghanistan"] == 1
    assert found["Boris Johnson"] < 0.45


def test_a_country_that_fell_is_a_country() -> None:
    assert kinds("Which country fell to the Taliban?", "Afghanistan fell, said Boris Johnson.")["Afghanistan"] == 1


def test_a_city_is_no_country_and_no_person() -> None:
    found = kinds("Which cities did the Taliban take?", "In Afghanistan, Boris Johnson says, the city of Ghazni fell.")
    assert found["Ghazni"] > 0.7
    assert max(found["Afghanistan"], found["Boris Johnson"]) < 0.45


def test_the_city_beside_the_excluded_one_fits_well() -> None:
    found = kinds("Which cities did the Taliban take, besides Herat?", "Ghazni and Herat fell on a single day.")
    assert found == {"Ghazni": 0.9}


def test_a_dateline_names_nobody_and_no_place() -> None:
    sentence = "KANSAS CITY, Mo. (AP) — Ned Price left for Doha."
    assert set(people("Who left?", sentence)) == {"Ned Price", "Doha"}
    assert set(places("Where did Ned Price go?", sentence)) == {"Doha"}
