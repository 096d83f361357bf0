import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.question.understand import understand
from qa.reading.candidates import candidates_of
from qa.reading.corrected import said_wrong, without_corrected
from qa.records import Answer, Request
from tests.qa.fakes import article, hit
from tests.qa.fakes import hits as hits_of
from tests.qa.verification.test_verify import judge, sources
from vectorstore.records import Article, Source

REPORT = "An explosion at the Norwick mill killed 15 people on Sunday, officials said."
WRONG = "An explosion at the Norwick mill killed 50 people on Sunday, officials said."
HOW_MANY = "How many people were killed in the explosion at the Norwick mill?"
NOTES = [
    "Correction: an earlier version of this article said 50 people were killed. The number is 15.",
    "An earlier version misstated the number of dead as 50; it is 15.",
    "This article was amended on 3 May: 15 people were killed, not 50 as an earlier version said.",
    "We originally reported that 50 people were killed. That was wrong; the correct figure is 15.",
    "Clarification: In our first report we put the death toll at 50. In fact 15 people were killed.",
]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        *((f"{REPORT}\n\n{note}", [50.0]) for note in NOTES),
        (f"{NOTES[0]}\n\n{REPORT}", [50.0]),
        (f"{WRONG}\n\n{NOTES[0]}", [50.0]),
        (REPORT, []),
        (f"{REPORT}\n\nOfficials had earlier said that 50 people were killed.", []),
        (f"{REPORT}\n\n{'They are mourned. ' * 400}\n\n{NOTES[0]}", [50.0]),
        ("", []),
    ],
)
def test_the_figures_that_notes_say_were_wrong(text: str, wrong: list[float]) -> None:
    assert [figure.low for figure in said_wrong(text)] == wrong


@pytest.mark.parametrize(
    ("source", "published", "kept"),
    [("Gazette", "2024-05-01", 0), ("Gazette", None, 0), ("Gazette", "2024-05-09", 1), ("Courier", "2024-05-01", 1)],
)
def test_an_older_report_of_the_same_newspaper_is_left_out(source: str, published: str | None, kept: int) -> None:
    said = f"In our report we said that 50 people were killed. {REPORT}"
    note = article(said, "b", source="Gazette", published_at="2024-05-03")
    old = article(WRONG, "a", source=source, published_at=published)
    held = candidates_of([hit(old, number=1), hit(note, number=2)])
    found = without_corrected(understand(HOW_MANY), held)
    assert sum(one.text == WRONG for one in found) == kept
    assert sum(one.text == REPORT for one in found) == 1
    assert without_corrected(understand("Where was the explosion?"), held) == held


def ask(engine: Engine, *articles: Article) -> Answer:
    engine.store.ingest(Source(one.key, one) for one in articles)
    return engine.ask(Request(HOW_MANY))


@pytest.mark.parametrize("note", NOTES)
def test_what_a_note_says_was_wrong_is_no_answer_no_figure_and_no_disagreement(engine: Engine, note: str) -> None:
    told = ask(engine, Article("a", f"{REPORT}\n\n{note}", "Explosion in Norwick"))
    assert told.short_answer == "15 people"
    assert [figure.value for figure in told.figures] == [15]
    assert told.agreement is None
    assert "50" not in told.text


def test_a_correction_in_another_article_takes_the_older_figure_away(engine: Engine) -> None:
    note = f"In our report on the Norwick mill we said that 50 people were killed. {REPORT}"
    told = ask(
        engine,
        Article("a", WRONG, "Explosion", source="Gazette", published_at="2024-05-01"),
        Article("b", note, "Correction", source="Gazette", published_at="2024-05-02"),
    )
    assert (told.short_answer, [figure.value for figure in told.figures]) == ("15 people", [15])
    assert "50" not in told.text


def test_another_newspapers_figure_still_stands_beside_it(engine: Engine) -> None:
    told = ask(
        engine,
        Article("a", f"{REPORT}\n\n{NOTES[0]}", "Explosion", source="Gazette", published_at="2024-05-01"),
        Article("b", WRONG, "Explosion", source="Courier", published_at="2024-05-01"),
    )
    assert sorted(str(figure.value) for figure in told.figures) == ["15", "50"]
    assert told.agreement == "differ"


def test_a_note_bears_nothing_out_for_a_model(similarity: Similarity) -> None:
    known = sources(f"{REPORT}\n\n{NOTES[0]}", title="Explosion in Norwick")
    assert judge("50 people were killed in Norwick. [1]", known, similarity).support == "unsupported"
    assert judge("The explosion at the Norwick mill killed 15 people. [1]", known, similarity).support == "verified"


def test_candidates_of_no_hits() -> None:
    assert without_corrected(understand(HOW_MANY), candidates_of(hits_of())) == []
