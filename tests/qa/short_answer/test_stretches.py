from hypothesis import given
from hypothesis import strategies as st

from qa.short_answer.stretches import LONGEST_CLAUSE, LONGEST_PHRASE, find_stretches


def candidates(sentence: str) -> list[str]:
    words = sentence.split()
    return [" ".join(words[first : last + 1]) for first, last in find_stretches(words)]


def test_a_candidate_hangs_on_no_other_word() -> None:
    assert candidates("the fall of Kabul was sudden") == [
        "the fall", "the fall of Kabul", "the fall of Kabul was sudden", "fall", "fall of Kabul",
        "fall of Kabul was sudden", "Kabul", "Kabul was sudden", "sudden",
    ]  # fmt: skip


def test_a_candidate_closes_what_it_opens() -> None:
    found = candidates("He ( Simon Gass ) called it “ bad luck ” today")
    assert {"Simon Gass", "bad luck", "“ bad luck ”", "He ( Simon Gass )"} <= set(found)
    assert not {"( Simon", "Gass ) called", "called it “ bad", "luck ” today"} & set(found)


def test_plain_quotation_marks_stand_in_pairs() -> None:
    found = candidates('a " safe passage " for all')
    assert {"safe passage", '" safe passage "'} <= set(found)
    assert not [words for words in found if words.count('"') == 1]


def test_no_candidate_crosses_a_full_stop() -> None:
    assert not [words for words in candidates("They left . Kabul fell ; Herat stood") if "." in words or ";" in words]


def test_may_is_a_month() -> None:
    assert candidates("it began in May")[-1] == "May"
    assert "may" not in candidates("it may rain")


def test_what_is_long_ends_where_a_clause_does() -> None:
    phrase = [f"w{number}" for number in range(40)]
    lengths = {last - first + 1 for first, last in find_stretches([*phrase[:20], ",", *phrase[20:]])}
    assert max(lengths) <= LONGEST_CLAUSE
    assert {20} <= {length for length in lengths if length > LONGEST_PHRASE}
    assert 15 in {last - first + 1 for first, last in find_stretches([*phrase[:15], ","])}
    assert 14 not in {last - first + 1 for first, last in find_stretches([*phrase[:14], "w", ","]) if first == 0}


@given(st.lists(st.sampled_from('a the of Kabul fell " ( ) “ ” , . 600 and'.split()), max_size=20))
def test_candidates_of_any_words_begin_before_they_end(words: list[str]) -> None:
    for first, last in find_stretches(words):
        assert 0 <= first <= last < len(words)
        assert words[first] not in (",", ".", "of", ")", "and")
        assert words[last] not in (",", ".", "of", "(", "and", "the", "a")
        assert words[first : last + 1].count('"') % 2 == 0
        opened, closed = (sum(map(words[first : last + 1].count, marks)) for marks in ("(“", ")”"))
        assert opened == closed
