from dataclasses import replace

from qa.answering.answer import Basis, Sentence
from qa.answering.cite import Words
from qa.answering.reprints import with_reprints
from tests.qa.fakes import article
from vectorstore.records import StoredArticle

TEXT = "KABUL. Some 15,000 people were evacuated. It ended on Sunday."
QUOTE = "Some 15,000 people were evacuated."
ARTICLE = article(TEXT, "a")
BASIS = Basis(Words(ARTICLE, 7, 7 + len(QUOTE)))
SAID = Sentence(QUOTE, (BASIS,))


def quotes(*reprints: StoredArticle, said: Sentence = SAID) -> list[tuple[str, str]]:
    (told,) = with_reprints([said], lambda _: reprints)
    others = [one for basis in told.rests_on for one in basis.also_in]
    return [(one.article.id, one.article.text[one.start : one.end]) for one in others]


def test_a_reprint_is_named_with_its_own_words() -> None:
    plain = article(f"By Reuters. {QUOTE}", "b")
    set_otherwise = article("SOME 15,000 people\nwere “evacuated”. More.", "c")
    assert quotes(plain, set_otherwise) == [("b", QUOTE), ("c", "SOME 15,000 people\nwere “evacuated”.")]


def test_a_rewrite_with_another_figure_is_not_named() -> None:
    assert quotes(article("Some 16,000 people were evacuated.", "b"), article("…", "c")) == []


def test_what_is_named_already_is_not_named_again() -> None:
    reprint = article(QUOTE, "b")
    words = Words(reprint, 0, len(QUOTE))
    assert quotes(reprint, said=replace(SAID, rests_on=(replace(BASIS, also_in=(words,)),))) == [("b", QUOTE)]
    assert quotes(reprint, said=replace(SAID, rests_on=(BASIS, Basis(words)))) == []


def test_a_sentence_that_rests_on_nothing_stays_as_it_is() -> None:
    assert with_reprints([Sentence("X [unsupported]", ())], lambda _: []) == (Sentence("X [unsupported]", ()),)
