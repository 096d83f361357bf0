from qa.verification.figure_match import Match
from qa.verification.table_rows import that_may_bear_out

NO, YES = Match.MISSING, Match.MET


def test_a_row_with_all_that_its_table_has_of_a_claim_stays() -> None:
    assert that_may_bear_out([(1, 0), (1, 0), (1, 0)], [[YES, YES], [YES, NO], [NO, NO]]) == [0]


def test_facts_of_two_rows_make_no_third() -> None:
    assert that_may_bear_out([(1, 0), (1, 0)], [[YES, NO], [NO, YES]]) == []


def test_sentences_and_other_tables_are_judged_by_themselves() -> None:
    assert that_may_bear_out([None, (1, 0), (1, 90), (2, 0)], [[NO], [YES], [NO], [NO]]) == [0, 1, 2, 3]
