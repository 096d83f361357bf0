import gzip
import json
import random
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa.language.figures import find_quantities
from qa.language.noise import is_quotable
from qa.language.similarity import Similarity
from qa.reading.reader import Window
from qa.reading.trained import packaged as packaged_reader
from qa.verification.claims import Claim, parse_claims
from qa.verification.entailment import packaged
from qa.verification.verify import SourceText, Verdict, verify
from tests.qa.fakes import article, nothing_alike
from tests.qa.lies import articles, excerpt, sentences, spans
from vectorstore.embedder import Embedder
from vectorstore.sentences import split_sentences

SHARED = Path(__file__).parents[4] / "shared"


def sources(*texts: str, **fields: str | None) -> dict[int, SourceText]:
    """The texts as sources 1, 2, ..., all with the same title, publisher and day."""
    return {
        number: SourceText(number, article(text, str(number), **fields), 0, len(text))
        for number, text in enumerate(texts, start=1)
    }


def judge(sentence: str, known: Mapping[int, SourceText], similarity: Similarity | None = None) -> Verdict:
    (claim,) = parse_claims(sentence, known)
    return verify(claim, known, similarity or nothing_alike())


@pytest.fixture(scope="module")
def similarity(wordllama: Embedder) -> Similarity:
    return Similarity(wordllama)


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """What reads is loaded before the first example, which has no more time than the others."""
    packaged().scores([("It rained.", "It rained.")])
    packaged_reader().read("What fell?", [Window("", "It rained.")])


EVACUATED = "In Operation Pitting, 15,000 people were evacuated by UK troops from Afghanistan, nearly 90% by air."
SENT = "Up to 600 British troops are heading for Kabul, Defence Secretary Ben Wallace confirmed on Friday."
COST = "The airlift cost £41.5m. It was “a vast effort”, said John Healey, and about a dozen aircraft took part."


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("Fifteen thousand people were evacuated from Afghanistan by UK troops. [1]", "verified"),
        ("British troops evacuated 15k people from Afghanistan. [1]", "verified"),
        ("16,000 people were evacuated from Afghanistan by UK troops. [1]", "unsupported"),
        ("15,000 soldiers were evacuated from Afghanistan. [1]", "unsupported"),
        ("US troops evacuated 15,000 people from Afghanistan. [1]", "unsupported"),
        ("Nearly 90 per cent of the people were evacuated by air. [1]", "verified"),
        ("Nearly 85% of the people were evacuated by air. [1]", "unsupported"),
        ("Up to 600 British troops are heading for Kabul. [2]", "verified"),
        ("More than 600 British troops are heading for Kabul. [2]", "unsupported"),
        ("Up to 700 British troops are heading for Kabul. [2]", "unsupported"),
        ("600 British troops are heading for Kabul. [2]", "partial"),
        ("Mr Wallace confirmed that up to 600 troops are heading for Kabul. [2]", "verified"),
        ("John Healey confirmed that up to 600 troops are heading for Kabul. [2]", "unsupported"),
        ("French Defence Secretary Ben Wallace confirmed it. [2]", "unsupported"),
        ("On 13 August 2021 Ben Wallace confirmed that up to 600 troops are heading for Kabul. [2]", "verified"),
        ("On 14 August 2021 Ben Wallace confirmed that up to 600 troops are heading for Kabul. [2]", "unsupported"),
        ("The airlift cost £41.5 million. [3]", "verified"),
        ("The airlift cost $41.5 million. [3]", "unsupported"),
        ('It was "a vast effort," said Healey. [3]', "verified"),
        ("It was “a huge effort”, said Healey. [3]", "unsupported"),
        ("About 12 aircraft took part. [3]", "verified"),
        ("The airlift cost £41.5m, and 15,000 people were evacuated. [1][3]", "verified"),
        ("The airlift cost £41.5m. [1]", "unsupported"),
        ("The Meridian Wire reported on 13 August 2021 that 15,000 people were evacuated. [1]", "partial"),
        ("The Daily Bugle reported that 15,000 people were evacuated. [1]", "unsupported"),
        ("15,000 people were evacuated from Afghanistan. [7]", "unsupported"),
        ("15,000 people were evacuated from Afghanistan.", "unsupported"),
        ("Football is played on grass. [1]", "unsupported"),
        ("Yes. [1]", "unsupported"),
    ],
)
def test_support(sentence: str, support: str, similarity: Similarity) -> None:
    known = sources(EVACUATED, SENT, COST, source="Meridian Wire", published_at="2021-08-13")
    verdict = judge(sentence, known, similarity)
    assert verdict.support == support, verdict.problems
    assert bool(verdict.quotes) is (support != "unsupported")


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("16,000 people were evacuated. [1]", "the figure 16,000 is not in [1]"),
        ("Ben Wallace evacuated 15,000 people. [1]", "the name Ben Wallace is not in [1]"),
        ("It was “a huge effort”. [3]", "the quotation “a huge effort” is not in [3] word for word"),
        ("16,000 people were evacuated. [1][3]", "the figure 16,000 is not in [1] or [3]"),
        ("15,000 people were evacuated. [9]", "[9] is no source"),
        ("15,000 people were evacuated.", "it cites no source"),
        ("Football is played on grass. [1]", "nothing in [1] says this"),
        ("15,000 people were not evacuated. [1]", "in [1], the source affirms what it says of “evacuated”"),
        ("600 troops are heading for Kabul. [2]", "[2] says “600” less firmly"),
    ],
)
def test_problems_are_words_to_repair_by(sentence: str, problem: str) -> None:
    assert judge(sentence, sources(EVACUATED, SENT, COST)).problems[0] == problem


def test_an_unknown_number_beside_a_known_one_is_reported_and_not_quoted() -> None:
    verdict = judge("15,000 people were evacuated by UK troops. [1, 9]", sources(EVACUATED))
    assert (verdict.support, verdict.problems) == ("verified", ("[9] is no source",))
    assert [quote.number for quote in verdict.quotes] == [1]


def test_facts_that_stand_apart_make_it_partial() -> None:
    text = f"{EVACUATED} Readers wrote in. Many of them asked why. {COST}"
    verdict = judge("15,000 people were evacuated, and the airlift cost £41.5m. [1]", sources(text))
    assert verdict.support == "partial"


def test_only_the_excerpt_counts() -> None:
    text = f"{EVACUATED} {COST}"
    whole = article(text)
    known = {1: SourceText(1, whole, len(EVACUATED) + 1, len(text))}
    assert judge("15,000 people were evacuated by UK troops. [1]", known).support == "unsupported"
    verdict = judge("The airlift cost £41.5m. [1]", known)
    assert [whole.text[quote.start : quote.end] for quote in verdict.quotes] == ["The airlift cost £41.5m."]


def test_every_source_that_bears_it_out_is_quoted_once_best_first() -> None:
    verdict = judge(
        "15,000 people were evacuated by UK troops. [1][2][3]",
        sources("UK troops left. Some 15,000 people were evacuated by UK troops in all.", COST, EVACUATED),
    )
    assert sorted(quote.number for quote in verdict.quotes) == [3]
    both = judge("15,000 people were evacuated by UK troops. [1][2]", sources(EVACUATED, f"Yes. {EVACUATED}"))
    assert sorted(quote.number for quote in both.quotes) == [1, 2]


@pytest.mark.parametrize("text", ["", " \n ", "15,000"])
def test_an_empty_excerpt_bears_nothing_out(text: str) -> None:
    assert judge("15,000 people were evacuated. [1]", sources(text)).support == "unsupported"


@given(st.text(max_size=120), st.text(max_size=200))
def test_quotes_lie_within_their_sources_whatever_is_written(sentence: str, text: str) -> None:
    known = sources(f"{text} {EVACUATED}")
    source = known[1]
    verdict = verify(Claim(f"15,000 people {sentence}", (1,), ()), known, nothing_alike())
    for quote in verdict.quotes:
        assert source.start <= quote.start < quote.end <= source.end
        quoted = source.article.text[quote.start : quote.end]
        assert quoted == quoted.strip()


@given(st.data())
def test_a_sentence_with_another_figure_is_never_verified(data: st.DataObject) -> None:
    with_figures = [one for one in sentences() if find_quantities(one[2])]
    name, at, text = data.draw(st.sampled_from(with_figures))
    figure = data.draw(st.sampled_from(find_quantities(text)))
    source = excerpt(name, 1, at, at)
    other = str(data.draw(st.integers(0, 10**5)) * 10 + 7)  # none that a source's figure could be rounded to
    held = [value for one in find_quantities(source.text) for value in (one.low, one.high)]
    assume(float(other) not in held)
    unit = "%" if figure.unit == "%" else ""
    changed = f"{text[: figure.start]}{other}{unit}{text[figure.end :]}"
    assert verify(Claim(changed, (1,), ()), {1: source}, nothing_alike()).support != "verified", changed


def own_sentences(text: str, sample: int, seed: int) -> list[tuple[str, int, int]]:
    """Some sentences of a text, each with its place: the sentence in one line, from and to of it and its neighbours."""
    found = split_sentences(text)
    places = random.Random(seed).sample(range(len(found)), min(sample, len(found)))
    return [
        (
            " ".join(text[found[at].start : found[at].end].split()),
            found[max(0, at - 1)].start,
            found[min(len(found) - 1, at + 1)].end,
        )
        for at in places
    ]


def share_verified(texts: list[str], similarity: Similarity, sample: int = 1000) -> float:
    verdicts = []
    for seed, text in enumerate(texts):
        whole = article(text)
        for sentence, start, end in own_sentences(text, sample, seed):
            if not is_quotable(sentence):
                continue
            verdicts.append(
                verify(Claim(sentence, (1,), ()), {1: SourceText(1, whole, start, end)}, similarity).support
            )
    return verdicts.count("verified") / len(verdicts)


def test_what_is_copied_is_verified(similarity: Similarity) -> None:
    assert share_verified([one.text for one in articles().values()], similarity) >= 0.99


def test_what_is_copied_from_the_shared_seeds_is_verified(similarity: Similarity) -> None:
    paths = sorted((SHARED / "seeds").glob("*.txt"))
    if not paths:
        pytest.skip("the shared seeds are not here")
    assert share_verified([path.read_text(encoding="utf-8") for path in paths], similarity) >= 0.99


def test_what_is_copied_from_news_is_verified(similarity: Similarity) -> None:
    path = SHARED / "eval" / "realtimeqa_articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the evaluation articles are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(120), lines, strict=False)]
    assert share_verified([text for text in texts if text.strip()], similarity, sample=4) >= 0.99


def test_a_claim_is_judged_in_some_milliseconds(similarity: Similarity) -> None:
    """40 ms by three sources are aimed at; the bound leaves room for a loaded machine."""
    cases = []
    names = list(articles())
    for name, at, text in sentences():
        other = names[(names.index(name) + 1) % len(names)]
        assert spans(name)
        cases.append((f"{text} Indeed", {1: excerpt(name, 1, at, at), 2: excerpt(other, 2, 3, 3)}))
    began = time.process_time()
    for text, known in cases:
        verify(Claim(text, (1, 2), ()), known, similarity)
    assert (time.process_time() - began) / len(cases) < 0.06


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("The moon is made of green cheese", "The moon is made of green cheese. [1]"),
        ("Ben Wallace has resigned", "Ben Wallace has resigned. [1]"),
        ("99,000 people evacuated from Afghanistan", "99,000 people were evacuated from Afghanistan. [1]"),
    ],
)
def test_a_title_alone_bears_nothing_out(title: str, sentence: str, similarity: Similarity) -> None:
    assert judge(sentence, sources(EVACUATED, title=title), similarity).support == "unsupported"


def test_a_question_and_an_order_bear_nothing_out(similarity: Similarity) -> None:
    known = sources("Has the embassy in Kabul closed for good? Say that the ambassador has left. It rained.")
    assert judge("The embassy in Kabul has closed for good. [1]", known, similarity).support == "unsupported"
    assert judge("The ambassador has left. [1]", known, similarity).support == "unsupported"


def test_a_copied_sentence_keeps_its_other_sources(similarity: Similarity) -> None:
    known = sources(EVACUATED, "UK troops evacuated 15,000 people from Afghanistan.")
    verdict = judge("UK troops evacuated 15,000 people from Afghanistan. [1][2]", known, similarity)
    assert [quote.number for quote in verdict.quotes] == [2, 1]


@pytest.mark.parametrize("claim", ["<!--", "…", "“”", "()", "- ", "!", "½", "\u200b"])
def test_a_claim_without_words_is_unsupported(claim: str) -> None:
    known = sources(EVACUATED)
    assert verify(Claim(claim, (1,), ()), known, nothing_alike()).support == "unsupported"


FLOWN_OUT = "The US is sending 3,000 troops to Kabul airport to fly its people home."


@pytest.mark.parametrize(
    ("sentence", "support"),
    [
        ("The US is sending 3,000 troops to Kabul airport, and 15,000 people were evacuated by UK troops.", "verified"),
        ("The US is sending 15,000 people to Kabul airport.", "unsupported"),
        (
            "The US is sending 15,000 people to Kabul airport, and up to 600 British troops are heading there.",
            "unsupported",
        ),
    ],
)
def test_the_figure_of_one_source_does_not_pass_with_the_deed_of_another(
    sentence: str, support: str, similarity: Similarity
) -> None:
    assert judge(f"{sentence} [1][2][3]", sources(FLOWN_OUT, EVACUATED, SENT), similarity).support == support


@pytest.mark.parametrize(
    "sentence",
    [
        "Question: How many US troops are being sent?",
        "The article is a list of numbers, but Kabul is a list of numbers.",
    ],
)
def test_what_small_models_write_for_want_of_an_answer_is_not_borne_out(sentence: str, similarity: Similarity) -> None:
    assert judge(f"{sentence} [1][2]", sources(FLOWN_OUT, EVACUATED), similarity).support == "unsupported"
