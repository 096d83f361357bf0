from qa.answering.more import tell_more
from qa.records import Exchange
from tests.qa.fakes import article, evidence
from vectorstore.records import Place

FERRY = article("The ferry carried 300 people. A fire broke out in the engine room. Nobody was hurt.", "ferry")
TOWER = article("The tower fell at noon.", "tower")
FIRE, HURT, FELL = (
    evidence("A fire broke out in the engine room.", FERRY),
    evidence("Nobody was hurt.", FERRY),
    evidence("The tower fell at noon.", TOWER),
)


def asked(*shown: Place) -> Exchange:
    return Exchange("What happened?", "What happened?", "", cited=shown)


def place(text: str) -> Place:
    start = FERRY.text.index(text)
    return Place(FERRY.id, 1, start, start + len(text))


def test_what_was_shown_is_not_told_again_and_other_articles_are_left_out() -> None:
    draft = tell_more([FELL, FIRE, HURT], [asked(place("A fire broke out"))])
    assert [said.evidence.text for said in draft.statements] == ["Nobody was hurt."]
    assert draft.reason is None


def test_the_articles_are_those_of_the_last_answer_that_cites() -> None:
    draft = tell_more([FIRE, HURT], [asked(place("The ferry carried 300 people.")), asked()])
    assert [said.evidence.text for said in draft.statements] == [
        "A fire broke out in the engine room.",
        "Nobody was hurt.",
    ]


def test_where_there_is_no_more_it_is_said() -> None:
    assert tell_more([FIRE], [asked(place("A fire broke out in the engine room."))]).reason == "weak_evidence"
    assert tell_more([FELL], [asked(place("Nobody"))]).reason == "weak_evidence"
    assert tell_more([FIRE], [asked()]).reason == "weak_evidence"
