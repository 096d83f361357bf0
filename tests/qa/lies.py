"""A lying model: false sentences made from the sentences of our own articles, and true ones in other words.

`python -m tests.qa.lies` prints how many of each kind the verifier catches; docs/verification.md holds that table.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import frontmatter

from qa.language.similarity import Similarity
from qa.verification.claims import parse_claims
from qa.verification.verify import SourceText, Verdict, verify
from tests.qa import fakes
from tests.qa.lying_words import ANTONYMS, BOUNDS, COUNTED, NAMES
from vectorstore.embedding import open_embedding
from vectorstore.records import Span, StoredArticle
from vectorstore.sentences import split_sentences

_HERE = Path(__file__).parent
_SEEDS = _HERE.parents[1] / "seeds" / "articles"


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence as a model may write it, with its markers, and the sources it was given."""

    kind: str
    text: str
    sources: Mapping[int, SourceText]


@cache
def articles() -> dict[str, StoredArticle]:
    """Our own articles, by the names of their files."""
    found = {}
    for path in [*sorted(_SEEDS.glob("*.md")), _HERE / "harbour.md"]:
        post = frontmatter.load(str(path))
        published = post.get("published")
        found[path.stem] = StoredArticle(
            id=path.stem,
            revision=1,
            current=True,
            text=post.content,
            title=str(post["title"]),
            url=None,
            source=str(post["source"]),
            published_at=str(published) if published else None,
            ingested_at=datetime(2026, 1, 1, tzinfo=UTC),
            signature=b"",
        )
    return found


@cache
def spans(name: str) -> tuple[Span, ...]:
    """The sentences of an article."""
    return split_sentences(articles()[name].text)


def excerpt(name: str, number: int, first: int, last: int) -> SourceText:
    """The sentences `first` to `last` of an article, with one more on either side, as the source of a number."""
    return stretch_of(articles()[name], spans(name), number, first, last)


def stretch_of(article: StoredArticle, cut: Sequence[Span], number: int, first: int, last: int) -> SourceText:
    """The same of any article, `cut` into its sentences."""
    return SourceText(number, article, cut[max(0, first - 1)].start, cut[min(len(cut), last + 2) - 1].end)


def sources_for(name: str, first: int, last: int) -> dict[int, SourceText]:
    """As source 1 what was said, as source 2 the beginning of the next article."""
    names = list(articles())
    other = names[(names.index(name) + 1) % len(names)]
    return {1: excerpt(name, 1, first, last), 2: excerpt(other, 2, 3, 3)}


def sentences() -> Iterator[tuple[str, int, str]]:
    """All sentences of our articles: the article, the sentence's number, the sentence."""
    for name, article in articles().items():
        for at, span in enumerate(spans(name)):
            yield name, at, " ".join(article.text[span.start : span.end].split())


def lies() -> list[Case]:
    """All false sentences."""
    roles, outcomes = _listed("role_lies.tsv", "roles changed over"), _outcomes("lie", "what became of them")
    return [*_altered(), *_misquoted(), *_denied(), *_miscited(), *roles, *outcomes]


def truths() -> list[Case]:
    """True sentences in other words, and our articles' own sentences."""
    own = [Case("word for word", f"{text} [1]", sources_for(name, at, at)) for name, at, text in sentences()]
    told = _outcomes("true", "true, what became of them")
    return [*_listed("true_claims.tsv", "true, in other words"), *own, *told]


def _listed(file: str, kind: str) -> list[Case]:
    cases = []
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, numbers, claim = line.split("\t")
            cited = [int(number) for number in numbers.split(",")]
            cases.append(Case(kind, f"{claim} [1]", sources_for(name, cited[0], cited[-1])))
    return cases


def _outcomes(which: str, kind: str) -> list[Case]:
    """The lies or the true sentences on what became of people, each with its own short source."""
    lines = (_HERE / "outcome_claims.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [
        Case(kind, f"{claim} [1]", {1: SourceText(1, fakes.article(source), 0, len(source))})
        for mark, source, claim in rows
        if mark == which
    ]


_DIGITS = re.compile(r"(?<![\w.,-])(?P<money>[£€$])?\d[\d,]*(?:\.\d+)?(?=[%m\s.,]|$)")
_NUMBER_WORDS = {
    "two": "three",
    "three": "four",
    "fifteen": "sixteen",
    "eight": "nine",
    "dozen": "hundred",
    "nine": "ten",
}
_NUMBER_WORDS |= {"second": "third", "first": "second", "hundreds": "thousands", "one worker": "two workers"}
_NUMBER_WORDS |= {"A third": "A quarter", "an eight": "a six"}
_DATES = {
    "Sunday": "Saturday",
    "Friday": "Tuesday",
    "Thursday": "Monday",
    "September 11": "September 12",
    "May": "June",
}
_DATES |= {"28 February 2022": "27 February 2022", "11 March": "12 March", "October": "November", "2019": "2018"}
_DATES |= {"January": "April", "December": "November", "2021": "2020", "June": "July", "September": "August"}
_DATES |= {"February 2022": "February 2021", "decades": "centuries", "weeks": "months", "hours": "days"}


def _altered() -> Iterator[Case]:
    """One thing of a sentence is changed for another that its source does not hold."""
    tables = [("date", _DATES), ("name", NAMES), ("figure", _NUMBER_WORDS), ("opposite word", ANTONYMS)]
    tables += [("bound", BOUNDS), ("what is counted", COUNTED)]
    for name, at, text in sentences():
        sources = sources_for(name, at, at)
        for match in _DIGITS.finditer(text):
            if (
                re.search(r"(?:September|March|February) $|^(?=19|20\d\d)", text[: match.start()])
                or re.match(r" (?:March|February)", text[match.end() :])
                or re.fullmatch("20[12][0-9]", match[0])
            ):
                continue
            money = match["money"] or text[match.end() : match.end() + 9].lstrip().startswith(("%", "per"))
            kind = "percentage or money" if money else "figure"
            for other in _other_numbers(match[0]):
                if other not in sources[1].text:
                    yield Case(kind, f"{text[: match.start()]}{other}{text[match.end() :]} [1]", sources)
        for kind, table in tables:
            for word, other in table.items():
                changed, times = re.subn(rf"(?<![\w-]){word}(?!\w)", other, text, count=1)
                if times and (kind in ("opposite word", "bound", "what is counted") or other not in sources[1].text):
                    yield Case(kind, f"{changed} [1]", sources)


def _other_numbers(written: str) -> Iterator[str]:
    """ "15,000" -> "16,000" and "51,000"; a digit added."""
    digits = [place for place, letter in enumerate(written) if letter.isdigit()]
    first, last = digits[0], digits[-1]
    yield written[:first] + str(int(written[first]) % 9 + 1) + written[first + 1 :]
    yield written[:last] + str((int(written[last]) + 3) % 10) + written[last + 1 :]


_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")


def _misquoted() -> Iterator[Case]:
    """A quotation with one word left out, changed or changed over; and quotation marks around other words."""
    for name, at, text in sentences():
        sources = sources_for(name, at, at)
        for match in _QUOTED.finditer(text):
            words = match[1].split()
            middle = len(words) // 2
            changed = [
                [*words[:middle], *words[middle + 1 :]],
                [*words[:middle], "certainly", *words[middle:]],
                [*words[: middle - 1], words[middle], words[middle - 1], *words[middle + 1 :]],
            ]
            for other in changed:
                if len(words) > 1 and (other is not changed[0] or middle < len(words) - 1):
                    yield Case(
                        "quotation", f"{text[: match.start(1)]}{' '.join(other)}{text[match.end(1) :]} [1]", sources
                    )
    for case in _listed("true_claims.tsv", "quotation"):
        words = case.text.removesuffix(" [1]").rstrip(".").split()
        if '"' not in case.text and "“" not in case.text and len(words) > 7:
            said = " ".join(words[-5:])
            if said not in case.sources[1].text:
                yield Case("quotation", f"{' '.join(words[:-5])} “{said}”. [1]", case.sources)


_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|has|have|had|will|would|should|could|can)\b(?! not| no\b| never|n[’']t|\?)"
)
_NEGATION = re.compile(r"\b(?:not|never) |n[’']t\b")


def _denied() -> Iterator[Case]:
    """A sentence with a "not" put in or taken out."""
    true = [(case.sources, case.text.removesuffix(" [1]")) for case in _listed("true_claims.tsv", "")]
    own = [(sources_for(name, at, at), text) for name, at, text in sentences()]
    for sources, text in [*own, *true]:
        if _NEGATION.search(text):
            yield Case("negation", f"{_NEGATION.sub('', text, count=1)} [1]", sources)
        elif match := _AUXILIARY.search(text):
            yield Case("negation", f"{text[: match.end()]} not{text[match.end() :]} [1]", sources)


def _miscited() -> Iterator[Case]:
    """True sentences that cite another source, none, or one that does not exist; and that name somebody else."""
    for case in _listed("true_claims.tsv", ""):
        text = case.text.removesuffix(" [1]")
        yield Case("citation of another source", f"{text} [2]", case.sources)
    for (name, at, text), other in pairwise([*sentences(), next(sentences())]):
        sources = sources_for(name, at, at)
        yield Case("citation of another source", f"{text} [2]", sources)
        yield Case("unknown number", f"{text} [{7 + at % 5}]", sources)
        yield Case("no marker", text, sources)
        persons = _PERSONS.findall(sources[1].text)
        for person in _PERSONS.findall(text)[:1]:
            for someone in dict.fromkeys(persons):
                if someone.split()[-1] not in text:
                    yield Case("name of the same source", f"{text.replace(person, someone, 1)} [1]", sources)
        del other


_PERSONS = re.compile(
    r"(?:Simon Gass|Mr Gass|Boris Johnson|Laurie Bristow|Ben Wallace|Mr Wallace|Nick Carter|Gen Carter|John Healey"
    r"|Mr Healey|Ashraf Ghani|Joe Biden|Ned Price|Mr Price|Maria Holt|Ms Holt"
    r"|Tom Adeyemi|Mr Adeyemi|Ines Duarte|Ms Duarte)"
)


def judge(case: Case, similarity: Similarity) -> Verdict:
    """The verdict on a case's one sentence."""
    claims = parse_claims(case.text, case.sources.keys())
    verdicts = [verify(claim, case.sources, similarity) for claim in claims]
    order = ("unsupported", "partial", "verified")
    return min(verdicts, key=lambda verdict: order.index(verdict.support))


def tally(cases: Sequence[Case], similarity: Similarity) -> dict[str, Counter[str]]:
    """How many cases of each kind got which verdict."""
    counts: dict[str, Counter[str]] = {}
    for case in cases:
        counts.setdefault(case.kind, Counter())[judge(case, similarity).support] += 1
    return counts


def table(counts: Mapping[str, Counter[str]]) -> str:
    """A Markdown table of a tally."""
    lines = ["| kind | cases | unsupported | partial | verified |", "| --- | ---: | ---: | ---: | ---: |"]
    for kind, count in counts.items():
        numbers = " | ".join(str(count[support]) for support in ("unsupported", "partial", "verified"))
        lines.append(f"| {kind} | {count.total()} | {numbers} |")
    return "\n".join(lines)


if __name__ == "__main__":
    words = Similarity(open_embedding("wordllama", None, None, 0))
    print(table(tally(lies(), words)), table(tally(truths(), words)), sep="\n\n")  # noqa: T201
